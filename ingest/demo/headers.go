package demo

// headers are the words above the columns of a sheet, as HR departments write them.
func headers(kind, lang string, fields []string) []any {
	words := headerWords()
	found := make([]any, len(fields))
	for i, field := range fields {
		t, ok := words[kind+"."+field]
		if !ok {
			t, ok = words[field]
		}
		if !ok {
			t = text{field, field}
		}
		found[i] = t.in(lang)
	}
	return found
}

// headerWords maps a field, or kind.field where a kind says it its own way, to its header.
func headerWords() map[string]text {
	return map[string]text{
		"employee_id": {"Employee ID", "工号"}, "employee_name": {"Employee Name", "姓名"}, "employee_email": {"Email", "邮箱"},
		"unit": {"Department", "部门"}, "cycle": {"Cycle", "考核周期"}, "year": {"Year", "年度"}, "half": {"Half Year", "半年"},
		"effective_on": {"Effective Date", "生效日期"}, "position": {"Job Title", "岗位"}, "job_family": {"Job Family", "职类"},
		"grade": {"Grade", "职级"}, "location": {"Location", "工作地点"}, "manager_id": {"Manager ID", "上级工号"},
		"manager_name": {"Manager Name", "直接上级"}, "employment_status": {"Employment Status", "员工状态"},
		"hired_on": {"Hire Date", "入职日期"}, "left_on": {"Leave Date", "离职日期"}, "gender": {"Gender", "性别"},
		"birth_on": {"Birth Date", "出生日期"}, "base_pay_amount": {"Base Salary", "基本年薪"},
		"source": {"Hiring source", "招聘渠道"}, "work_mode": {"Work mode", "办公方式"},

		"unit.unit_id": {"Unit Code", "部门编码"}, "unit.unit": {"Unit Name", "部门名称"}, "parent_unit": {"Parent Unit Code", "上级部门编码"},
		"unit_type": {"Unit Type", "部门类型"}, "head_id": {"Head ID", "负责人工号"}, "head_name": {"Head Name", "负责人姓名"},

		"cycle_name": {"Cycle Name", "名称"}, "cycle_kind": {"Cycle Type", "周期类型"}, "starts_on": {"Start Date", "开始日期"},
		"ends_on": {"End Date", "结束日期"}, "goals_due_on": {"Goals Due", "目标制定截止"}, "plans_due_on": {"Plans Due", "计划制定截止"},
		"monitoring_due_on": {"Monitoring Due", "过程跟进截止"}, "appraisal_due_on": {"Appraisal Due", "评估截止"},
		"check_in_days": {"Check-in Days", "跟进间隔天数"},

		"code": {"Code", "等级代码"}, "label_en": {"Label EN", "英文名称"}, "label_zh": {"Label ZH", "中文名称"}, "rank": {"Rank", "排序"},
		"rating_scale.value": {"Value", "数值"}, "lower_score": {"Min Score", "最低分"}, "upper_score": {"Max Score", "最高分"},
		"guideline.label": {"Rating", "等级"}, "guideline.share": {"Guideline Share", "比例"},

		"goal_id": {"Goal ID", "目标编号"}, "title": {"Goal", "目标"}, "parent_goal_id": {"Parent Goal ID", "上级目标编号"},
		"category": {"Category", "类别"}, "metric": {"Metric", "指标名称"}, "unit_of_measure": {"Unit of Measure", "计量单位"},
		"direction": {"Direction", "方向"}, "baseline": {"Baseline", "基线值"}, "target": {"Target", "目标值"}, "actual": {"Actual", "实际值"},
		"progress": {"Progress", "进度"}, "weight": {"Weight", "权重"}, "commitment": {"Commitment", "承诺类型"},
		"is_strategic": {"Strategic", "是否战略"}, "due_on": {"Due Date", "截止日期"}, "status": {"Status", "状态"},

		"plan_item_id": {"Plan Item ID", "计划编号"}, "plan_item.title": {"Milestone", "计划内容"}, "done_on": {"Done On", "实际完成日期"},
		"checked_on": {"Check-in Date", "跟进日期"}, "check_in.value": {"Actual", "实际值"}, "confidence": {"Confidence", "信心指数"},
		"note":    {"Comments", "备注"},
		"read_on": {"Date", "日期"}, "reading.value": {"Value", "数值"},

		"conversation_kind": {"Conversation Type", "面谈类型"}, "held_on": {"Conversation Date", "面谈日期"}, "held_by_id": {"Held By ID", "面谈人工号"},
		"held_by_name": {"Held By", "面谈人"}, "strengths": {"Strengths", "优点"}, "improvements": {"Points to Improve", "待改进"},
		"response": {"Employee Response", "员工意见"}, "is_acknowledged": {"Acknowledged", "是否确认"}, "acknowledged_on": {"Acknowledged On", "确认日期"},

		"reviewer_role": {"Reviewer Role", "评价人角色"}, "reviewer_id": {"Reviewer ID", "评价人工号"}, "reviewer_name": {"Reviewer", "评价人"},
		"item": {"Competency", "评价项"}, "part": {"Part", "考核部分"}, "score": {"Score", "得分"}, "label": {"Rating", "考核等级"},
		"appraised_on": {"Review Date", "考核日期"}, "comment": {"Comments", "评语"}, "self_rating": {"Self Rating", "自评分"},
		"manager_rating": {"Manager Rating", "上级评分"}, "potential_rating": {"Potential", "潜力"},
		"teamwork": {"Teamwork", "团队协作"}, "communication": {"Communication", "沟通能力"},

		"from_label": {"Original Rating", "校准前等级"}, "to_label": {"Calibrated Rating", "校准后等级"}, "reason": {"Reason", "校准原因"},
		"calibrated_by": {"Calibrated By", "校准人"}, "calibrated_on": {"Calibration Date", "校准日期"},

		"plan_id": {"Plan ID", "改进计划编号"}, "plan_kind": {"Plan Type", "计划类型"}, "focus": {"Focus", "改进重点"},
		"outcome": {"Outcome", "改进结果"}, "outcome_on": {"Outcome Date", "结果日期"},
		"incentive_kind": {"Incentive Type", "激励类型"}, "amount": {"Amount", "金额"}, "base_share": {"Share of Base", "占基本工资比例"},
		"awarded_on": {"Award Date", "发放日期"}, "to_grade": {"New Grade", "晋升后职级"},
	}
}
