package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// divisions.txt is what the generator makes, byte for byte. Without npm, or
// when it reaches no registry, there is nothing to compare with; on a CI
// machine that is a failure.
func TestGenerated(t *testing.T) {
	giveUp := t.Skipf
	if os.Getenv("CI") != "" {
		giveUp = t.Fatalf
	}
	if _, err := exec.LookPath("npm"); err != nil {
		giveUp("no npm: %v", err)
	}
	files, err := fetch(t.Context())
	if err != nil {
		giveUp("cannot fetch: %v", err)
	}
	got, err := convert(files)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../divisions.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("divisions.txt is not what the generator makes: run go generate in extract/place")
	}
}

func TestConvert(t *testing.T) {
	files := map[string][]byte{
		"province.csv": []byte("code,name\n990000,甲省\n"),
		"city.csv":     []byte("code,name\n999000,甲省-省直辖县级行政区划\n990100,乙市\n"),
		"area.csv":     []byte("code,name\n990102,丁县\n990101,丙区\n"),
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	w := tar.NewWriter(z)
	for name, text := range files {
		if err := w.WriteHeader(&tar.Header{Name: "package/dist/" + name, Mode: 0o600, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	read, err := unpack(&packed)
	if err != nil {
		t.Fatal(err)
	}
	got, err := convert(read)
	if err != nil {
		t.Fatal(err)
	}
	if want := "990000 甲省\n990100 乙市\n990101 丙区\n990102 丁县\n"; !strings.HasSuffix(string(got), ")\n"+want) {
		t.Errorf("got\n%s\nwant at its end\n%s", got, want)
	}
	delete(read, "city.csv")
	if _, err := convert(read); err == nil || !strings.Contains(err.Error(), "dist/city.csv") {
		t.Errorf("without city.csv: error %v", err)
	}
	read["city.csv"] = []byte("code,name\n99,乙市\n")
	if _, err := convert(read); err == nil || !strings.Contains(err.Error(), "city.csv: row 2") {
		t.Errorf("with a short code: error %v", err)
	}
}
