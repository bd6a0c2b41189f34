package index

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	generationPrefix = "gen-"
	listName         = "generation.json"
)

// generation names one published index: gen-12, or gen-12.1 when manifest 12
// was published again.
type generation struct{ manifest, again int64 }

func (g generation) String() string {
	if g.again == 0 {
		return fmt.Sprintf("%s%d", generationPrefix, g.manifest)
	}
	return fmt.Sprintf("%s%d.%d", generationPrefix, g.manifest, g.again)
}

func (g generation) compare(h generation) int {
	return cmp.Or(cmp.Compare(g.manifest, h.manifest), cmp.Compare(g.again, h.again))
}

// parseGeneration reads what String writes; false for any other name.
func parseGeneration(name string) (g generation, ok bool) {
	number, ok := strings.CutPrefix(name, generationPrefix)
	first, second, again := strings.Cut(number, ".")
	var err, errAgain error
	g.manifest, err = strconv.ParseInt(first, 10, 64)
	if again {
		g.again, errAgain = strconv.ParseInt(second, 10, 64)
	}
	ok = ok && err == nil && errAgain == nil && g.manifest >= 0 && g.again >= 0
	return g, ok && g.String() == name
}

// generations are those in dir, the newest first. A dir that does not exist
// has none.
func generations(dir string) ([]generation, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list index generations: %w", err)
	}
	var all []generation
	for _, e := range entries {
		if g, ok := parseGeneration(e.Name()); ok && e.IsDir() {
			all = append(all, g)
		}
	}
	slices.SortFunc(all, func(g, h generation) int { return h.compare(g) })
	return all, nil
}

// newest is the newest generation in dir, or ErrNoIndex.
func newest(dir string) (generation, error) {
	all, err := generations(dir)
	if err != nil {
		return generation{}, err
	}
	if len(all) == 0 {
		return generation{}, fmt.Errorf("%s: %w", dir, ErrNoIndex)
	}
	return all[0], nil
}

// fileList is what a generation is made of: sizes by path, with slashes.
type fileList map[string]int64

// listFiles lists the files under root.
func listFiles(root string) (fileList, error) {
	list := fileList{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		list[filepath.ToSlash(rel)] = info.Size()
		return err
	})
	return list, err
}

// checkFiles reports a generation that is not what its list says. The files
// are mapped into memory later, where one that is too short would end the
// process.
func checkFiles(root string) error {
	b, err := os.ReadFile(filepath.Join(root, listName))
	if err != nil {
		return err
	}
	var list fileList
	if err := json.Unmarshal(b, &list); err != nil {
		return fmt.Errorf("read %s: %w", listName, err)
	}
	for name, size := range list {
		info, err := os.Stat(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		if info.Size() != size {
			return fmt.Errorf("%s has %d bytes, not %d", name, info.Size(), size)
		}
	}
	return nil
}
