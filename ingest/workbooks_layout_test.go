package ingest_test

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// merge merges ranges of a sheet.
func merge(f *excelize.File, sheet string, ranges ...[2]string) error {
	var errs []error
	for _, r := range ranges {
		errs = append(errs, f.MergeCell(sheet, r[0], r[1]))
	}
	return errors.Join(errs...)
}

func mergedGroupLabels(f *excelize.File) error {
	return errors.Join(
		fillSheet(f, "考核汇总",
			[]any{"2025年绩效考核汇总表"},
			[]any{"工号", "姓名", "上半年", nil, nil, "下半年", nil, nil, "备注"},
			[]any{nil, nil, "自评分", "上级评分", "等级", "自评分", "上级评分", "等级"},
			[]any{"E1", "张三", 90, 88, "B", 92, 91, "A", "稳定"},
			[]any{"E2", "李四", 85, 80, "C", 80, 78, "C"}),
		merge(f, "考核汇总", [2]string{"A1", "I1"}, [2]string{"A2", "A3"}, [2]string{"B2", "B3"}, [2]string{"C2", "E2"}, [2]string{"F2", "H2"}, [2]string{"I2", "I3"}),
		f.DeleteSheet("Sheet1"))
}

func formPerSheet(f *excelize.File) error {
	var errs []error
	for _, person := range [][2]string{{"Ann Lee", "Sales"}, {"Cy Diaz", "Support"}} {
		errs = append(errs, fillSheet(f, person[0],
			[]any{"Performance review"},
			[]any{"Employee Name", person[0], "Department", person[1]},
			[]any{"Review Period", "2025H1", "Manager", "Bo Chen"},
			nil,
			[]any{"Goal", "Target", "Actual", "Self Rating", "Manager Rating"},
			[]any{"Sell more", 100, 90, 4, 3},
			[]any{"Visit customers", 20, 22, 5, 4},
			[]any{"Total", nil, nil, 9, 7},
			nil,
			[]any{"Overall Rating", "Meets Expectations"},
			[]any{"Comments", "Solid half year"}),
			merge(f, person[0], [2]string{"A1", "E1"}))
	}
	return errors.Join(append(errs, f.DeleteSheet("Sheet1"))...)
}

func coverAndLists(f *excelize.File) error {
	return errors.Join(
		fillSheet(f, "封面", []any{"2025年度绩效考核"}, []any{"人力资源部"}),
		fillSheet(f, "填写说明", []any{"1. 请勿修改表头"}, []any{"2. 每人每目标一行"}, []any{"3. 权重合计100%"}),
		fillSheet(f, "目标", []any{"工号", "姓名", "目标", "权重", "目标值", "截止日期"}, []any{"E1", "张三", "销售额", 0.6, 100, "2025-12-31"}),
		fillSheet(f, "数据字典", []any{"字段", "说明", "是否必填"}, []any{"工号", "员工编号", "是"}, []any{"目标", "绩效目标", "是"}),
		fillSheet(f, "下拉选项", []any{"状态"}, []any{"进行中"}, []any{"已完成"}),
		fillSheet(f, "Sheet1"))
}

func monthSheets(f *excelize.File) error {
	var errs []error
	for month := 1; month <= 3; month++ {
		errs = append(errs, fillSheet(f, fmt.Sprintf("%d月", month),
			[]any{"销售部2025年KPI"},
			[]any{"指标", "负责人", "实际值"},
			[]any{"销售额", "张三", 90 + month},
			[]any{"新客户", "张三", month}))
	}
	return errors.Join(append(errs, f.DeleteSheet("Sheet1"))...)
}

func mergedPeople(f *excelize.File) error {
	return errors.Join(
		fillSheet(f, "KPI",
			[]any{"部门", "姓名", "KPI", "权重", "目标值", "实际值", "评分说明"},
			[]any{"销售部", "张三", "销售额", 0.5, 100, 90, "完成率低于80%不得分，80%至100%按比例得分。"},
			[]any{nil, nil, "回款", 0.5, 50, 55},
			[]any{nil, "李四", "销售额", 1, 80, 70},
			[]any{"合计", nil, nil, nil, 230, 215}),
		merge(f, "KPI", [2]string{"A2", "A4"}, [2]string{"B2", "B3"}, [2]string{"G2", "G4"}),
		f.DeleteSheet("Sheet1"))
}

// partsOfPeople states the same people on three sheets, in other columns and rows; the last contradicts the one before.
func partsOfPeople(f *excelize.File) error {
	return errors.Join(
		fillSheet(f, "Personal", []any{"Employee ID", "Employee Name", "Hire Date", "Shirt"}, nil, nil,
			[]any{"E1", "Ann Lee", "2020-01-05", "M"}, []any{"E2", "Bo Chen", "2021-06-01", "L"}),
		fillSheet(f, "Job", []any{"Employee ID", "Department", "Position", "Locker"}, []any{"E1", "Sales", "Rep", "17"}, []any{"E2", "IT", "Engineer", "18"}),
		fillSheet(f, "Moves", []any{"Employee ID", "Department"}, []any{"E1", "Sales"}, []any{"E2", "HR"}),
		f.DeleteSheet("Sheet1"))
}
