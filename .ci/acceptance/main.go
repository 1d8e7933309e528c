// Command acceptance imports folders of real files with the command line alone, each into an empty data folder,
// and fails unless every row was stored or rejected with a reason and the overview shows what the folder holds.
//
//	acceptance PERFLOOP-BINARY SAMPLES-FOLDER
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// folder is what a folder of samples must come to.
type folder struct {
	name     string
	read     int               // rows below the headers, counted by hand or with another program
	rejected int               // of them
	exit     int               // of the import
	holds    map[string]string // select → the one value it must give
	shows    []string          // texts of the overview
}

var folders = []folder{
	{name: "pbi-hr", read: 8194, rejected: 10, exit: 2,
		holds: map[string]string{
			"select count(*) from dim_employee where not is_provisional":                                         "1470",
			"select count(*) from fct_appraisal where reviewer_role = 'manager'":                                 "6709",
			"select count(*) from fct_appraisal where reviewer_role = 'self'":                                    "6709",
			"select count(*) from raw.rating_scale":                                                              "5",
			"select count(*) from fct_rating where value_share is null or value_share not between 0 and 1":       "0",
			"select count(distinct unit) from dim_employee":                                                      "3",
			"select offender_count > 0 from check_result where check_name = 'no_appraisal_before_the_hire_date'": "true",
		}, shows: []string{"2022"}},
	{name: "tra-cp7", read: 416, rejected: 5, exit: 2,
		holds: map[string]string{
			"select count(distinct goal_id) from raw.goal where goal_id like 'kpa_-%'":                                 "258",
			"select count(*) from fct_goal where cycle_id = '2026/27' and goal_id is not null and unit_id is not null": "257",
			"select target from raw.goal where goal_id = 'kpa2-021' and cycle = '2027/28'":                             "25",
			"select any_value(baseline) from raw.goal where goal_id = 'kpa2-021'":                                      "10",
			"select target from raw.goal where goal_id = 'kpa4-032' and cycle = '2026/27'":                             "60",
			"select any_value(baseline) from raw.goal where goal_id = 'kpa3-001'":                                      "75",
			"select target_upper from raw.goal where goal_id = 'kpa1-025' and cycle = '2030/31'":                       "3",
			"select any_value(direction) from raw.goal where goal_id = 'kpa1-011'":                                     "decrease",
			"select count(*) from raw.goal where unit = 'LTD & DRD'":                                                   "0",
			"select count(distinct goal_id) from raw.goal where unit = 'DRD & LTD'":                                    "6",
			"select count(*) from raw.problem where problem_key = 'direction_contradicts_target'":                      "15",
			"select count(*) from raw.problem where problem_key = 'percent_contradicts_unit'":                          "5",
			"select count(*) from raw.goal where goal_id like 'result-%' and parent_goal_id like 'so%'":                "131",
			"select offender_count from check_result where check_name = 'every_parent_goal_exists'":                    "0",
			"select count(*) from raw.goal where unit_of_measure in ('percent', 'Percent', 'pct')":                     "0",
			"select string_agg(distinct cycle, ' ' order by cycle) from raw.goal where goal_id = 'kpa4-003'":           "2030/31",
		}, shows: []string{"2026/27"}},
	{name: "zh-import-templates", read: 35, exit: 0,
		holds: map[string]string{
			"select manager_name from dim_employee where employee_id = 'E001'":               "测试经理",
			"select unit_path from dim_unit where unit_id = 'SALES_1'":                       "总经办/销售部/销售一部",
			"select count(*) from dim_employee where attributes like '%110101199001011234%'": "0",
		}, shows: []string{"测试部"}},
	{name: "zh-quarterly", read: 120, exit: 0,
		holds: map[string]string{
			"select count(*) from dim_employee":                                                                               "24",
			"select count(*) from fct_rating":                                                                                 "96",
			"select count(*) from dim_cycle where cycle_id like '2024Q%'":                                                     "4",
			"select score from fct_rating where employee_id = '1001' and cycle_id = '2024Q3'":                                 "4.67",
			"select strftime(hired_on, '%Y-%m-%d') from dim_employee where employee_id = '1024'":                              "2015-03-15",
			"select count(*) from (select employee_name from dim_employee group by 1 having count(distinct employee_id) > 1)": "1",
		}, shows: []string{"2024"}},
	{name: "zh-weekly", read: 168, exit: 0,
		holds: map[string]string{
			"select count(distinct unit) from fct_employee_cycle":             "12",
			"select count(*) from fct_check_in":                               "168",
			"select bool_and(is_provisional) from fct_employee_cycle":         "true",
			"select count(*) > 0 from raw.problem where severity = 'finding'": "true",
		}, shows: []string{"人事部"}},
	{name: "horilla-demo", read: 281, exit: 0,
		holds: map[string]string{
			"select count(*) from dim_employee where not is_provisional":                                                                           "126",
			"select count(*) from dim_employee where is_provisional":                                                                               "0",
			"select manager_name from dim_employee where employee_id = 'PEP01'":                                                                    "Christopher Miller",
			"select position from dim_employee where employee_id = 'PEP04'":                                                                        "Senior Manager",
			"select employee_name from dim_employee where email = 'adam@horilla.com'":                                                              "Adam Luis",
			"select string_agg(distinct title, ', ' order by title) from raw.goal where employee_id = 'PEP15' and sheet = 'pms.employeeobjective'": "Increase Sales",
			"select count(*) from raw.goal where sheet = 'pms.employeekeyresult' and employee_id in (select employee_id from raw.employee)":        "9",
			"select count(*) from raw.conversation where employee_id in (select employee_id from raw.employee)":                                    "5",
		}, shows: []string{"Managers"}},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: acceptance PERFLOOP-BINARY SAMPLES-FOLDER")
		os.Exit(64)
	}
	passed, failed := 0, 0
	for _, f := range folders {
		if err := try(os.Args[1], filepath.Join(os.Args[2], f.name), f); err != nil {
			fmt.Printf("FAIL %s: %v\n", f.name, err)
			failed++
			continue
		}
		passed++
	}
	fmt.Printf("acceptance: %d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

// sheet is the part of a report that is judged.
type sheet struct {
	Kind                                    string
	Read, New, Changed, Unchanged, Rejected int
}

func try(binary, samples string, f folder) error {
	data, err := os.MkdirTemp("", "perfloop-acceptance-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	read, rejected, err := importFolder(binary, samples, data, f)
	if err != nil {
		return err
	}
	fmt.Printf("%-22s %5d rows read, %d rejected\n", f.name, read, rejected)
	if read != f.read || rejected != f.rejected {
		return fmt.Errorf("read %d and rejected %d rows, want %d and %d", read, rejected, f.read, f.rejected)
	}
	for text, want := range f.holds {
		out, err := exec.Command(binary, "sql", text, "--data", data, "--format", "csv").Output()
		lines := strings.Split(strings.TrimSpace(string(out)), "\r\n")
		if got := lines[len(lines)-1]; err != nil || got != want {
			return fmt.Errorf("%s: got %q, want %q (%v)", text, got, want, err)
		}
	}
	return overview(binary, data, f.shows)
}

func importFolder(binary, samples, data string, f folder) (read, rejected int, err error) {
	out, err := exec.Command(binary, "import", samples, "--data", data, "--json").Output()
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else if err != nil {
		return 0, 0, err
	}
	var reports []struct {
		File   string
		Sheets []sheet
	}
	if err := json.Unmarshal(out, &reports); err != nil {
		return 0, 0, fmt.Errorf("read report: %w", err)
	}
	for _, r := range reports {
		for _, s := range r.Sheets {
			fmt.Printf("  %-28s %-14s read %5d, new %5d, changed %d, unchanged %d, rejected %d\n", r.File, s.Kind, s.Read, s.New, s.Changed, s.Unchanged, s.Rejected)
			read += s.Read
			rejected += s.Rejected
			if s.New+s.Changed+s.Unchanged+s.Rejected < s.Read {
				return 0, 0, fmt.Errorf("%s: rows were neither stored nor rejected", r.File)
			}
		}
	}
	if code != f.exit {
		return 0, 0, fmt.Errorf("import ended with %d, want %d", code, f.exit)
	}
	return read, rejected, nil
}

// overview serves the data folder and looks for texts on the loop page and in its panels' data.
func overview(binary, data string, texts []string) error {
	server := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--data", data, "--lang", "en")
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() {
		server.Process.Signal(os.Interrupt)
		server.Wait()
	}()
	address := ""
	for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			address = strings.TrimSpace(lines.Text()[i:])
		}
	}
	var shown bytes.Buffer
	for _, path := range []string{"/loop?lang=zh", "/panels/loop/units.csv", "/panels/loop/headcount.csv"} {
		response, err := http.Get(address + path)
		if err != nil {
			return err
		}
		if _, err := io.Copy(&shown, response.Body); err != nil {
			return err
		}
		response.Body.Close()
	}
	for _, text := range texts {
		if !strings.Contains(shown.String(), text) {
			return fmt.Errorf("the overview does not show %q", text)
		}
	}
	return nil
}
