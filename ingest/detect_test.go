package ingest_test

import (
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

// Header rows as people write them, in files whose names say nothing.
func TestKindIsDetectedFromHeaders(t *testing.T) {
	for header, want := range map[string]string{
		"Employee_Name,EmpID,Salary,Position,State,DOB,Sex,DateofHire,DateofTermination,EmploymentStatus,Department,ManagerName,ManagerID": "employee",
		"EMPID,FIRSTNAME,LASTNAME,TITLE,DEPARTMENT,DIVISION,LOCATION,HIREDATE,MANAGER,STATUS":                                              "employee",
		"工号,姓名,部门,职位,职级,直接上级,入职日期,员工状态":                                                                                                    "employee",
		"姓名,部门,岗位,入职日期":                                       "employee",
		"Unit Code,Unit Name,Parent Unit Code,Head ID":        "unit",
		"部门编码,部门名称,上级部门,部门负责人":                                "unit",
		"Cycle,Start Date,End Date":                           "cycle",
		"周期,周期类型,开始日期,结束日期,目标制定截止,评估截止":                       "cycle",
		"Code,Label EN,Label ZH,Rank,Lower Score,Upper Score": "rating_scale",
		"等级代码,等级名称,排序,分数下限,分数上限":                              "rating_scale",
		"Rating,Percent": "guideline",
		"等级,比例":          "guideline",
		"Owner Employee ID,Goal Title,Metric_Name,Metric_Start_Value,Metric_Target_Value,Start_Date,Due_Date,Weight": "goal",
		"Goal Name,Owner,Goal Category,Progress,Status,Start Date,End Date":                                          "goal",
		"Department,Objective,Key Result,Weight,Target,Actual":                                                       "goal",
		"被考核人,考核指标,权重,目标值,实际完成值,完成率,考核周期":                                                                            "goal",
		"部门,目标名称,指标名称,权重,目标值,截止日期,负责人,状态":                                                                            "goal",
		"指标名称,计量单位,权重,目标值,实际值":                                                                                       "goal",
		"Goal ID,Milestone,Due Date,Done":                                                                            "plan_item",
		"目标编号,行动计划,责任人,开始日期,截止日期,完成日期,状态":                                                                            "plan_item",
		"Goal ID,Check-in Date,Value,Progress,Status,Note":                                                           "check_in",
		"目标编号,工号,跟进日期,当前值,进度,状态,信心指数,备注":                                                                             "check_in",
		"Goal,Employee,Date,Percent Complete,Comments":                                                               "check_in",
		"部门,日期,工作内容,是否完成,延期天数,责任人,本周进度,状态":                                                                           "check_in",
		"KPI,Employee ID,Date,Value":                                                                                 "reading",
		"指标名称,工号,统计月份,数值,计量单位":                                                                                       "reading",
		"Department,Metric,Month,Value":                                                                              "reading",
		"Metric,Department,2025-01,2025-02,2025-03":                                                                  "reading",
		"Employee ID,Date,Type,Manager,Strengths,Areas for improvement,Employee response,Acknowledged":               "conversation",
		"工号,姓名,面谈日期,面谈类型,面谈人,优点,待改进,员工意见,员工确认":                                                                       "conversation",
		"Employee ID,Cycle,Self Rating,Manager Rating,Final Rating":                                                  "appraisal",
		"工号,姓名,部门,考核周期,绩效得分,绩效等级":                                                                                    "appraisal",
		"Employee ID,Review Period,Reviewer,Competency,Score,Comments":                                               "appraisal",
		"员工ID,年度,季度,绩效评分":                                                                                            "appraisal",
		"Employee ID,Cycle,Original Rating,Calibrated Rating,Reason":                                                 "calibration",
		"工号,姓名,校准前,校准后,校准原因":                                                                                         "calibration",
		"PIP ID,Employee ID,Start Date,End Date,Outcome":                                                             "improvement_plan",
		"工号,姓名,计划类型,改进重点,开始日期,结束日期,结果":                                                                               "improvement_plan",
		"Employee ID,Cycle,Bonus,Payroll Date":                                                                       "incentive",
		"工号,姓名,激励类型,金额,发放日期":                                                                                         "incentive",
		"Employee ID,Promoted To,Effective Date":                                                                     "incentive",
		"key,value":                                                                                                  "",
		"id,number,title,summary_plain,focus":                                                                        "",
	} {
		w := newWarehouse(t)
		r := w.importText(t, "export.csv", header+"\n", ingest.Options{})
		if len(r.Sheets) != 1 || r.Sheets[0].Kind != want {
			t.Errorf("%s:\n got %q %s\nwant %q", header, r.Sheets[0].Kind, keys(r), want)
		}
	}
}
