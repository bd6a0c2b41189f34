package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// Texts are the values of a row as text, in the order of [Columns]: null is
// empty, days and moments are in ISO 8601, bytes in base64, lists and records
// are JSON.
func Texts[T Row[T]](row T) ([]string, error) {
	v := reflect.ValueOf(row)
	var texts []string
	for _, field := range reflect.VisibleFields(v.Type()) {
		if field.Anonymous {
			continue
		}
		text, err := textOf(v.FieldByIndex(field.Index))
		if err != nil {
			return nil, fmt.Errorf("write %s as text: %w", field.Name, err)
		}
		texts = append(texts, text)
	}
	return texts, nil
}

func textOf(v reflect.Value) (string, error) {
	if v.Kind() == reflect.String {
		return v.String(), nil
	}
	if v.Kind() == reflect.Pointer && v.IsNil() || v.Kind() == reflect.Slice && v.IsNil() {
		return "", nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v.Interface()); err != nil {
		return "", err
	}
	text := bytes.TrimSpace(b.Bytes())
	if text[0] != '"' {
		return string(text), nil
	}
	var unquoted string
	err := json.Unmarshal(text, &unquoted)
	return unquoted, err
}
