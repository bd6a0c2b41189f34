package index

import (
	"fmt"
	"runtime"

	"github.com/blevesearch/bleve/v2"
	"github.com/klauspost/compress/zstd"
)

const (
	// samplesKey is where the samples lie among bleve's internal values.
	samplesKey = "jianbao.samples"

	// maxSampleBytes bounds the samples: more save little, and every commit
	// writes them again.
	maxSampleBytes = 48 << 10

	// samplesID is the number of the dictionary in the frames that zstd makes.
	samplesID = 1
)

// packer compresses the texts of articles one by one, so that each can be read
// alone, with samples of the first ones as a dictionary: articles are short
// and resemble each other. It may be used by several goroutines at once.
type packer struct {
	in  *zstd.Encoder
	out *zstd.Decoder
}

// newPacker makes a packer of samples, which may be empty. What it packs is
// unpacked with the same samples only.
func newPacker(samples []byte) (*packer, error) {
	in := []zstd.EOption{zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0))}
	var out []zstd.DOption
	if len(samples) > 0 {
		in = append(in, zstd.WithEncoderDictRaw(samplesID, samples))
		out = append(out, zstd.WithDecoderDictRaw(samplesID, samples))
	}
	w, err := zstd.NewWriter(nil, in...)
	if err != nil {
		return nil, fmt.Errorf("prepare compression: %w", err)
	}
	r, err := zstd.NewReader(nil, out...)
	if err != nil {
		return nil, fmt.Errorf("prepare compression: %w", err)
	}
	return &packer{w, r}, nil
}

// openPacker is the packer of an open index; nil when it has no texts yet.
func openPacker(idx bleve.Index) (*packer, error) {
	samples, err := idx.GetInternal([]byte(samplesKey))
	if err != nil {
		return nil, fmt.Errorf("read samples of index: %w", err)
	}
	if samples == nil {
		return nil, nil
	}
	return newPacker(samples)
}

func (p *packer) pack(body []byte) []byte { return p.in.EncodeAll(body, nil) }

func (p *packer) unpack(packed []byte) ([]byte, error) {
	body, err := p.out.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("decompress a text: %w", err)
	}
	return body, nil
}

// samplesOf are whole bodies of docs, from all over them, of up to max bytes.
func (l *Language) samplesOf(docs []Doc, max int) []byte {
	bytes := 0
	for i := range docs {
		bytes += len(docs[i].Printed)
	}
	var samples []byte
	every := bytes/max + 1
	for i := 0; i < len(docs); i += every {
		body := kept(docs[i].Printed, l.foldMentions(docs[i].Mentions))
		if len(samples)+len(body) <= max {
			samples = append(samples, body...)
		}
	}
	return samples
}
