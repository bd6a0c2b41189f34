package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"

	"jianbao/ingest/warc"
)

// members reads the members of a gzip stream one after the other. After an
// error the next Read goes on with the next member that can be found, so that
// a reader of records loses no more than what was damaged; other readers stop
// at the error.
type members struct {
	in     *bufio.Reader // over past
	past   history
	source *counter
	z      *gzip.Reader
	inside bool // of a member
	sound  bool // nothing has come of this member yet
	lost   bool // look for the next member
	end    bool
	start  int64 // of the member, in the compressed stream
}

func newMembers(in io.Reader, source *counter) *members {
	m := &members{past: history{in: in}, source: source}
	m.in = bufio.NewReaderSize(&m.past, 64<<10)
	return m
}

func (m *members) Read(p []byte) (int, error) {
	for !m.end {
		if !m.inside {
			if err := m.open(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := m.z.Read(p)
		m.sound = m.sound && n == 0
		if err == io.EOF {
			m.inside, err = false, nil
		}
		if err != nil {
			m.inside = false
			m.lose()
			return n, m.fault(err)
		}
		if n > 0 || len(p) == 0 {
			return n, nil
		}
	}
	return 0, io.EOF
}

// open goes to the next member, or the end.
func (m *members) open() error {
	if m.lost {
		if err := m.find(); err != nil {
			m.end = true
			return nil // the damage has been told
		}
		m.lost = false
	}
	head, err := m.in.Peek(len(gzipMagic))
	if len(head) == 0 {
		m.end = true
		return compressionFault("gzip", m.source, m.source.err)
	}
	m.sound, m.start = true, m.past.at-int64(m.in.Buffered())
	if err == nil && !bytes.Equal(head, gzipMagic) || len(bytes.Trim(head, "\x00")) == 0 {
		return m.padding()
	}
	if m.z == nil {
		m.z, err = gzip.NewReader(m.in)
	} else {
		err = m.z.Reset(m.in)
	}
	if err != nil {
		m.lose()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return m.fault(err)
	}
	m.z.Multistream(false)
	m.inside = true
	return nil
}

// padding reads over the zeroes that tapes and tools put behind the last
// member.
func (m *members) padding() error {
	for {
		b, err := m.in.ReadByte()
		switch {
		case err != nil:
			m.end = true
			return nil
		case b != 0:
			m.lose()
			return m.fault(errors.New("bytes that are no member"))
		}
	}
}

// fault is an error of the decoder, which says so when all that came before it
// is sound.
func (m *members) fault(err error) error {
	err = compressionFault("gzip", m.source, err)
	if m.sound {
		return fmt.Errorf("%w: %w", warc.ErrBoundary, err)
	}
	return err
}

// lose goes back to the second byte of the member: its damage may have made the
// decoder run on into the next ones.
func (m *members) lose() {
	m.lost = true
	if m.past.rewind(m.start + 1) {
		m.in.Reset(&m.past)
	}
}

// find goes to bytes that look like the header of a member: deflate, and no
// flag that is not defined.
func (m *members) find() error {
	for {
		b, err := m.in.Peek(4)
		if err != nil {
			return err
		}
		if bytes.HasPrefix(b, gzipMagic) && b[3]&0xe0 == 0 {
			return nil
		}
		skip := 1
		if i := bytes.IndexByte(b[1:], gzipMagic[0]); i < 0 {
			skip = len(b)
		} else {
			skip += i
		}
		if _, err := m.in.Discard(skip); err != nil {
			return err
		}
	}
}
