package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/table"
)

// The bounds of how many places the API gives of each category.
const (
	apiPlaces    = 100
	apiMaxPlaces = 10_000
)

// listedMentions is a page of counts.
type listedMentions struct {
	Query    string          `json:"query"`
	Parsed   string          `json:"parsed"`
	Total    int64           `json:"total"`
	Manifest int64           `json:"manifest"`
	Mentions []listedMention `json:"mentions"`
	Next     string          `json:"next,omitempty"` // cursor of the next page
}

type listedMention struct {
	Mention table.Mention    `json:"mention"`
	Article pipeline.Article `json:"article"`
	Reprint bool             `json:"reprint"`
}

func (s *Server) apiMentions(w http.ResponseWriter, r *http.Request, c *volume) error {
	values := r.URL.Query()
	o, err := askCounts(values, c.Categories())
	if err != nil {
		return err
	}
	if o.Limit, err = limitOf(r, apiSize, apiMaxSize); err != nil {
		return err
	}
	cur := mentionCursor{Asked: askedFor(values), Manifest: c.Store().Manifest().Number}
	if o.After, err = cur.read(values.Get("cursor")); err != nil {
		return err
	}
	found, err := c.overview(r, o)
	if err != nil {
		return err
	}
	out := listedMentions{Query: o.Query, Parsed: found.Parsed, Total: found.Total, Manifest: cur.Manifest, Mentions: []listedMention{}}
	for _, m := range found.Listed {
		out.Mentions = append(out.Mentions, listedMention{m.Mention, m.Article, m.Reprint})
	}
	if found.More {
		out.Next = cur.behind(&found.Listed[len(found.Listed)-1].Mention)
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", out)
	return nil
}

// placesOf reads how many places of each category are wanted.
func placesOf(values url.Values) (int, error) {
	text := values.Get("places")
	if text == "" {
		return apiPlaces, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > apiMaxPlaces {
		return 0, requestError{fmt.Sprintf("places must be 1 to %d", apiMaxPlaces)}
	}
	return n, nil
}

// mentionCursor is the count behind which a page begins.
type mentionCursor struct {
	Asked    string            `json:"a"` // the counts and their order
	Manifest int64             `json:"m"`
	After    pipeline.Position `json:"p"`
}

// askedFor tells counts that are asked for apart.
func askedFor(values url.Values) string {
	asked := url.Values{}
	for name, all := range values {
		if name != "cursor" && name != "limit" {
			asked[name] = all
		}
	}
	return askedBy(asked.Encode(), "mentions")
}

func (c mentionCursor) behind(m *table.Mention) string {
	c.After = pipeline.PositionOf(m)
	text, err := json.Marshal(c)
	if err != nil {
		return "" // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// read is where the page of a cursor begins, nil for the first. It fails when
// the cursor is of other counts.
func (c mentionCursor) read(text string) (*pipeline.Position, error) {
	if text == "" {
		return nil, nil
	}
	var asked mentionCursor
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(decoded, &asked)
	}
	switch {
	case err != nil || asked.Asked != c.Asked:
		return nil, requestError{"this cursor is not of these counts"}
	case asked.Manifest != c.Manifest:
		return nil, errExpired
	}
	return &asked.After, nil
}

// counted is the sums of counts.
type counted struct {
	Query  string `json:"query"`
	Parsed string `json:"parsed"`
	Total  int64  `json:"total"`

	Categories []apiSum         `json:"categories"`
	Step       string           `json:"step"`
	Time       []apiSum         `json:"time"`
	Level      string           `json:"level"`
	Places     []apiSum         `json:"places"`
	MorePlaces map[string]int64 `json:"more_places"`

	Joint     int64            `json:"joint"`
	Reprints  int64            `json:"reprints"`
	Excluded  map[string]int64 `json:"excluded"`
	Ungrouped int64            `json:"ungrouped"`
}

// apiSum is a sum. Keys by which it does not go are missing, what is not known
// is empty or null.
type apiSum struct {
	Category string  `json:"category"`
	Year     *string `json:"year,omitempty"`
	Month    *string `json:"month,omitempty"`
	Place    *string `json:"place,omitempty"`
	Adcode   *string `json:"adcode,omitempty"`
	Articles int64   `json:"articles"`
	Mentions int64   `json:"mentions"`
	Valued   int64   `json:"valued"`
	Total    *int64  `json:"total"`
	Lo       *int64  `json:"lo"`
	Hi       *int64  `json:"hi"`
}

func (s *Server) apiCounts(w http.ResponseWriter, r *http.Request, c *volume) error {
	values := r.URL.Query()
	o, err := askCounts(values, c.Categories())
	if err != nil {
		return err
	}
	if o.MaxPlaces, err = placesOf(values); err != nil {
		return err
	}
	found, err := c.overview(r, o)
	if err != nil {
		return err
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", counted{
		Query: o.Query, Parsed: found.Parsed, Total: found.Total,
		Categories: apiSums(found.Categories, "category"),
		Step:       found.Step, Time: apiSums(found.Time, found.Step),
		Level: found.Level, Places: apiSums(found.Places, "place"), MorePlaces: found.MorePlaces,
		Joint: found.Joint, Reprints: found.Reprints, Excluded: found.LeftOut, Ungrouped: found.Ungrouped,
	})
	return nil
}

// apiSums are sums by category and a key.
func apiSums(rows []pipeline.SumRow, by string) []apiSum {
	out := []apiSum{}
	for _, row := range rows {
		s := apiSum{
			Category: row.Category, Articles: row.Articles, Mentions: row.Mentions, Valued: row.Valued,
			Total: nullable(row.Total), Lo: nullable(row.Lo), Hi: nullable(row.Hi),
		}
		switch by {
		case pipeline.StepYear:
			s.Year = &row.Year
		case pipeline.StepMonth:
			s.Month = &row.Month
		case "place":
			s.Place, s.Adcode = &row.Place, &row.Adcode
		}
		out = append(out, s)
	}
	return out
}

func nullable(n corpus.Int64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.N
}
