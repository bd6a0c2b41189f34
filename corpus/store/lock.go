package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockFile   = "lock"      // always empty: a run that adds nothing changes no file
	holderFile = "lock.json" // there while a writer is
)

// Holder is the process that has a corpus open for writing.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// LockedError says who holds the lock. It wraps [ErrLocked].
type LockedError struct {
	Dir    string
	Holder Holder // zero when the holder has not yet said who it is
}

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return fmt.Sprintf("%v: %s: by another process", ErrLocked, e.Dir)
	}
	h := e.Holder
	return fmt.Sprintf("%v: %s: by process %d on %s since %s: %s", ErrLocked, e.Dir, h.PID, h.Host, h.Since.Format(time.RFC3339), h.Command)
}

// Unwrap gives ErrLocked.
func (e *LockedError) Unwrap() error { return ErrLocked }

// lock is held through the kernel, which releases it when its process dies in
// whatever way.
type lock struct {
	file   *flock.Flock
	holder string
}

// acquire takes the lock of dir, or says who has it. It does not wait.
func acquire(dir string) (*lock, error) {
	l := &lock{
		file:   flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o644)),
		holder: filepath.Join(dir, holderFile),
	}
	ok, err := l.file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock corpus: %w", err)
	}
	if !ok {
		return nil, errors.Join(&LockedError{Dir: dir, Holder: readHolder(l.holder)}, l.file.Close())
	}
	data, err := json.Marshal(thisProcess())
	if err == nil {
		err = os.WriteFile(l.holder, data, 0o644)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock corpus: %w", err), l.file.Close())
	}
	return l, nil
}

func (l *lock) release() error {
	err := os.Remove(l.holder)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err := errors.Join(err, l.file.Close()); err != nil {
		return fmt.Errorf("unlock corpus: %w", err)
	}
	return nil
}

// readHolder is zero when the file is missing or being written.
func readHolder(path string) Holder {
	var h Holder
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}

func thisProcess() Holder {
	host, err := os.Hostname()
	if err != nil {
		host = "an unnamed host"
	}
	command := filepath.Base(os.Args[0]) + " " + strings.Join(os.Args[1:], " ")
	return Holder{PID: os.Getpid(), Host: host, Command: strings.TrimSpace(command), Since: time.Now().UTC().Truncate(time.Second)}
}
