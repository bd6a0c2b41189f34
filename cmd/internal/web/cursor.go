package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
)

// errExpired is a cursor into a result that a newer index replaced: its pages
// would overlap or leave hits out.
var errExpired = errors.New("the index has changed since the first page: search again")

// cursor is where a page of a result begins.
type cursor struct {
	Asked      string `json:"a"` // the query and its order
	Generation int64  `json:"g"`
	From       int    `json:"f"`
}

// askedBy tells queries apart.
func askedBy(q, order string) string {
	sum := sha256.Sum256([]byte(order + "\x00" + q))
	return hex.EncodeToString(sum[:8])
}

// at is a cursor to another place of the same result.
func (c cursor) at(from int) string {
	c.From = from
	text, err := json.Marshal(c)
	if err != nil {
		return "" // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// read is where the page of a cursor begins; an empty one is the first page. It
// fails when the cursor is of another result.
func (c cursor) read(text string) (from int, err error) {
	if text == "" {
		return 0, nil
	}
	var asked cursor
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(decoded, &asked)
	}
	switch {
	case err != nil || asked.From < 0 || asked.Asked != c.Asked:
		return 0, requestError{"this cursor is not of this query"}
	case asked.Generation != c.Generation:
		return 0, errExpired
	}
	return asked.From, nil
}
