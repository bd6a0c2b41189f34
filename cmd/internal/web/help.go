package web

import (
	"net/http"
	"strings"

	"jianbao/index/query"
)

// helpView is the page about the language of queries.
type helpView struct {
	view
	Sections []helpSection
}

// helpSection is a part of the page: examples, and what is to be known beside
// them.
type helpSection struct {
	ID, Title string
	Examples  []helpExample
	Notes     []string
}

type helpExample struct{ Query, Address, Meaning string }

// helpSections are the parts of the page: the keys of their texts and their
// examples, each with the key of what it means. docs/query.md says more.
var helpSections = []struct {
	name     string
	examples [][2]string
	notes    []string
}{
	{"words", [][2]string{
		{"临时党支部", "help.word"}, {"党支部 干部", "help.and"}, {"卡口 OR 检查站", "help.or"}, {"干部 -检查站", "help.not"},
		{"(卡口 OR 检查站) AND 志愿者", "help.group"}, {`"支部 书记"`, "help.phrase"}, {"*:*", "help.all"}, {"*:* -published:*", "help.undated"},
	}, []string{"help.note.script", "help.note.capitals"}},
	{"near", [][2]string{{`"党支部 卡口"~30`, "help.near"}, {`"党支部 卡口"~>30`, "help.ordered"}, {`title:"支部 田埂"~5`, "help.neartitle"}}, nil},
	{"patterns", [][2]string{{"防控*", "help.wild"}, {"*支部", "help.suffix"}, {"检?站", "help.one"}, {"检查占~1", "help.fuzzy"}, {"/(卡|关)口/", "help.regexp"}}, []string{"help.note.patterns"}},
	{"fields", [][2]string{
		{"title:(支部 OR 党旗)", "help.field"}, {"source:日报", "help.source"}, {"place:百色", "help.place"}, {"-site:example.org 卡口", "help.site"},
		{"script:hant", "help.script"}, {"category:checkpoint", "help.somecount"}, {"rule:checkpoint/verb", "help.rule"}, {"exact:臨時黨支部", "help.exact"},
	}, []string{"help.note.fields"}},
	{"numbers", [][2]string{
		{"published:2020", "help.year"}, {"published:>=2022", "help.since"}, {"published:[2020-07-01 TO 2021-03-31]", "help.between"},
		{"checkpoint:>=500", "help.category"}, {"branch:[50 TO 100]", "help.range"}, {"branch:临时党支部", "help.term"},
	}, []string{"help.note.masked"}},
	{"count", [][2]string{
		{"count(category:checkpoint value:>=10 term:检查站)", "help.count"}, {"count(category:cadre flag:subtotal)", "help.flag"}, {"count(as_of:2021 counted:true)", "help.asof"},
	}, []string{"help.note.countfields"}},
	{"reprints", [][2]string{{"临时党支部 cluster:all", "help.cluster"}}, []string{"help.note.export"}},
}

func (s *Server) helpPage(w http.ResponseWriter, r *http.Request) {
	v := helpView{view: s.newView(w, r, "help")}
	names := strings.NewReplacer("{fields}", strings.Join(query.Fields(), ", "), "{countfields}", strings.Join(query.CountFields(), ", "),
		"{categories}", strings.Join(s.opts.Pipeline.Categories(), ", "))
	for _, of := range helpSections {
		section := helpSection{ID: of.name, Title: v.T("help.title." + of.name)}
		for _, e := range of.examples {
			section.Examples = append(section.Examples, helpExample{e[0], searchAddress(e[0]), v.T(e[1])})
		}
		for _, key := range of.notes {
			section.Notes = append(section.Notes, names.Replace(v.T(key)))
		}
		v.Sections = append(v.Sections, section)
	}
	s.render(w, r, http.StatusOK, "help", v)
}
