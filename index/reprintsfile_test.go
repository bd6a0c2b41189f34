package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// regrouped is a generation of several segments, some of whose documents were
// written twice or deleted, and random clusters of them and of others.
func regrouped(t *testing.T, random *rand.Rand) (dir string, r *Reader, rows []string) {
	t.Helper()
	dir = t.TempDir()
	w := writer(t, dir, Options{BatchDocs: 7})
	must(t, w.Index(t.Context(), numbered(0, 60)), w.Index(t.Context(), numbered(10, 20)),
		w.Delete(t.Context(), []string{"00003", "00012", "00059"}), w.Publish(t.Context(), 1), w.Close())
	for i := range 64 { // 60 and later are not indexed
		leader := random.IntN(1 + i)
		rows = append(rows, fmt.Sprintf("%05d", i), fmt.Sprintf("%05d", leader/5*5))
	}
	return dir, opened(t, dir), rows
}

func reprintsOf(t *testing.T, r *Reader, rows []string) *Reprints {
	t.Helper()
	out, err := r.Reprints(t.Context(), clusterRows(rows...))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// save puts the reprints of rows beside a generation.
func save(t *testing.T, r *Reader, of string, reprints *Reprints) {
	t.Helper()
	f, err := os.Create(filepath.Join(r.Path(), ReprintsFile))
	if err != nil {
		t.Fatal(err)
	}
	must(t, r.WriteReprints(f, of, reprints), f.Close())
}

// What is saved is what was made from the rows.
func TestReprintsFile(t *testing.T) {
	for seed := range uint64(5) {
		dir, r, rows := regrouped(t, rand.New(rand.NewPCG(seed, 1)))
		if _, ok := r.SavedReprints("x"); ok {
			t.Fatal("reprints that nobody saved")
		}
		want := reprintsOf(t, r, rows)
		if want.clusters < 3 {
			t.Fatalf("seed %d: %d clusters", seed, want.clusters)
		}
		save(t, r, "x", want)
		if got, ok := opened(t, dir).SavedReprints("x"); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: %v, saved as %+v, want %+v", seed, ok, got, want)
		}
		if _, ok := r.SavedReprints("y"); ok {
			t.Error("those of other clusters are read")
		}
		must(t, r.Check(t.Context()))
	}
}

// A file that is not what was written, or was written for other documents, is
// not read.
func TestReprintsFileDamaged(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	_, r, rows := regrouped(t, random)
	save(t, r, "x", reprintsOf(t, r, rows))
	path := filepath.Join(r.Path(), ReprintsFile)
	sound, err := os.ReadFile(path)
	must(t, err)
	refused := func(what string, b []byte, corrupt bool) {
		t.Helper()
		must(t, os.WriteFile(path, b, 0o644))
		if _, ok := r.SavedReprints("x"); ok {
			t.Errorf("%s: it is read", what)
		}
		if err := checkReprints(r.Path()); errors.Is(err, ErrCorrupt) != corrupt {
			t.Errorf("%s: the check says %v", what, err)
		}
	}
	for n := range sound {
		b := slices.Clone(sound)
		b[n] ^= 1 << random.IntN(8)
		refused(fmt.Sprint("flipped ", n), b, true)
		refused(fmt.Sprint("cut at ", n), sound[:n], true)
	}
	refused("longer", append(slices.Clone(sound), sound...), true)
	if err := r.Check(t.Context()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a check of the generation says %v", err)
	}

	beyond := slices.Clone(sound[:len(sound)-reprintsSumBytes])
	binary.LittleEndian.PutUint32(beyond[reprintsCountsAt:], 0) // no clusters
	refused("cluster out of range", binary.LittleEndian.AppendUint32(beyond, reprintsSum(beyond)), false)

	other := published(t, numbered(0, 60))
	save(t, other, "x", reprintsOf(t, other, rows))
	b, err := os.ReadFile(filepath.Join(other.Path(), ReprintsFile))
	must(t, err)
	refused("of another generation", b, false)
}

// Documents are found as the library finds them, in whatever order the rows
// come.
func TestReprintsAreFound(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	_, r, rows := regrouped(t, random)
	for _, order := range []string{"ordered", "shuffled"} {
		want := &Reprints{}
		names, rank := map[string]int32{}, int32(0)
		snapshot, err := r.snapshot()
		must(t, err)
		for n := 0; n < len(rows); n += 2 {
			id, err := snapshot.InternalID(rows[n])
			must(t, err)
			if id == nil {
				continue
			}
			if _, ok := names[rows[n+1]]; !ok {
				want.clusters++
				names[rows[n+1]] = int32(want.clusters)
			}
			rank++
			d := reprint{names[rows[n+1]], rank}
			if rows[n] == rows[n+1] {
				d.rank = 0
			}
			want.set(id.Value(), d)
		}
		must(t, snapshot.Close())
		if got := reprintsOf(t, r, rows); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", order, got, want)
		}
		pairs := slices.Collect(slices.Chunk(rows, 2))
		random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		rows = slices.Concat(pairs...)
	}
}
