package dashboards

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sent is an upload of the tests' own.
type sent struct {
	t    *testing.T
	site *site
	path string
}

// sendFiles sends files through the form and answers the upload that the browser is led to.
func sendFiles(t *testing.T, s *site, files map[string]string) sent {
	t.Helper()
	got := s.send("/data", files, "Sec-Fetch-Site", "same-origin", "Origin", s.url)
	path := got.Header.Get("Location")
	if got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(path, "/data/uploads/") {
		t.Fatalf("upload: %d to %q: %s", got.StatusCode, path, got.body)
	}
	return sent{t: t, site: s, path: path}
}

// wait answers the page once the upload is in the state, in which it must come to rest.
func (u sent) wait(state string) string {
	u.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		got := u.site.get(u.path)
		if !strings.Contains(got.body, `class="progress"`) {
			if !strings.Contains(got.body, `data-state="`+state+`"`) {
				u.t.Fatalf("not %s: %d %s", state, got.StatusCode, got.body)
			}
			return got.body
		}
	}
	u.t.Fatalf("the upload never came to rest")
	return ""
}

// post sends a form to one of the upload's actions.
func (u sent) post(action string, form url.Values) answer {
	u.t.Helper()
	request, err := http.NewRequest(http.MethodPost, u.site.url+u.path+action, strings.NewReader(form.Encode()))
	if err != nil {
		u.t.Fatal(err)
	}
	return u.site.do(request, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

func TestADiscardedUploadIsGone(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"people.csv": roster})
	u.wait(jobChecked)
	if got := u.post("/discard", nil); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/data" {
		t.Errorf("discard: %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	if got := s.get(u.path); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "Send the files again") {
		t.Errorf("after that: %d %s", got.StatusCode, got.body)
	}
}

func TestAnUploadIsForThisSiteAlone(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"people.csv": roster})
	u.wait(jobChecked)
	request, err := http.NewRequest(http.MethodPost, s.url+u.path+"/import", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.do(request, "Sec-Fetch-Site", "cross-site"); got.StatusCode != http.StatusForbidden {
		t.Errorf("confirmed from another site: %d", got.StatusCode)
	}
}
