package ingest_test

import (
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

const roster = "Employee ID,Name,Department,Hire Date,Email\n"

// One name under two ids blocks the later row, unless the rows show two people or the user confirms it.
func TestOneNameTwoIDs(t *testing.T) {
	for claim, c := range map[string]struct{ first, second, want string }{
		"same unit":                        {"1001,张伟,销售部,,", "1002,张伟,销售部,,", "2:name_conflict"},
		"nothing but the name":             {"1001,Ann Lee,,,", "1002,\"Lee, Ann\",,,", "2:name_conflict"},
		"same e-mail in two units":         {"1001,Ann Lee,Sales,2020-01-02,a@x.cn", "1002,Ann Lee,Support,2021-01-02,a@x.cn", "2:name_conflict"},
		"same hire date in two units":      {"1001,Ann Lee,Sales,2020-01-02,", "1002,Ann Lee,Support,2020-01-02,", "2:name_conflict"},
		"two units":                        {"1001,张伟,销售部,,", "1002,张伟,市场部,,", ""},
		"two hire dates in one unit":       {"1001,张伟,销售部,2020-01-02,", "1002,张伟,销售部,2021-03-04,", ""},
		"two e-mail addresses in one unit": {"1001,Ann Lee,Sales,,a@x.cn", "1002,Ann Lee,Sales,,b@x.cn", ""},
	} {
		t.Run(claim, func(t *testing.T) {
			w := newWarehouse(t)
			w.importText(t, "roster.csv", roster+c.first+"\n")
			wantEqual(t, "against stored rows", keys(w.importText(t, "more.csv", roster+c.second+"\n")), c.want)

			inOne := newWarehouse(t).importText(t, "roster.csv", roster+c.first+"\n"+c.second+"\n")
			want := c.want
			if want != "" {
				want = "3:name_conflict"
			}
			wantEqual(t, "in one file", keys(inOne), want)
		})
	}
}

func TestConfirmedNamesPass(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "roster.csv", roster+"1001,张伟,销售部,,\n1003,Ann Lee,Sales,,\n")
	second := roster + "1002,张伟,销售部,,\n1003,Ann Miller,Sales,,\n"
	wantEqual(t, "unconfirmed", keys(w.importText(t, "more.csv", second)), "2:name_conflict 3:identity_conflict")

	confirm := &ingest.Mapping{Confirm: map[string]string{"1002": "张伟", "1003": "Miller, Ann"}}
	r := w.importText(t, "more.csv", second, ingest.Options{Mapping: confirm})
	wantEqual(t, "confirmed", counts(r), "read 2 new 1 changed 1 unchanged 0 rejected 0")

	again := w.importText(t, "again.csv", second+"\n")
	wantEqual(t, "known from then on", counts(again), "read 2 new 0 changed 0 unchanged 2 rejected 0")

	before := w.everything(t)
	for _, name := range append(ingest.Kinds(), "import", "import_sheet", "problem", "rejected_row") {
		w.exec(t, "delete from raw."+name)
	}
	if err := w.update(t.Context(), w.Replay); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "raw after a replay", w.everything(t), before)
}
