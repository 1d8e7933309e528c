package demo

// text is a word in both languages.
type text struct{ en, zh string }

func (t text) in(lang string) string {
	if lang == "zh" {
		return t.zh
	}
	return t.en
}

// metric is something a person's goal is measured by. base is a usual level of a half-year; baselined
// metrics count from where the person stood, the others against the target alone.
type metric struct {
	name, unit text
	direction  string
	base       float64
	decimals   int
	baselined  bool
}

// family is a job family and the division its people work in.
type family struct {
	name, division, vague, category text
	stems                           []text // departments
	positions                       []text // by grade, lowest first
	metrics                         []metric
	hold                            metric
	milestones, chances             []text
	foreign                         bool // writes English in a company of both languages
}

// families lists job families in the order departments are founded. Order matters: the planted effects
// name families by their place.
func families() []family {
	return []family{sales(), service(), engineering(), operations(), corporate()}
}

const (
	salesFamily = iota
	serviceFamily
	engineeringFamily
	operationsFamily
)

func cities() []text {
	return []text{
		{"East", "华东"}, {"North", "华北"}, {"South", "华南"}, {"West", "西部"}, {"Central", "华中"},
		{"Northeast", "东北"}, {"Coastal", "沿海"}, {"Harbour", "港口"}, {"Lakeside", "湖区"}, {"Upland", "山区"},
	}
}

func locations() []text {
	return []text{{"Shanghai", "上海"}, {"Beijing", "北京"}, {"Shenzhen", "深圳"}, {"Chengdu", "成都"}}
}

func sales() family {
	return family{
		name: text{"Sales", "销售"}, division: text{"Sales Division", "销售中心"},
		vague: text{"Improve sales", "提高销售业绩"}, category: text{"Sales", "销售"},
		stems:     []text{{"Sales", "销售部"}, {"Key Accounts", "大客户部"}, {"Channel", "渠道部"}},
		positions: []text{{"Sales Associate", "销售助理"}, {"Sales Representative", "销售代表"}, {"Senior Sales Representative", "高级销售代表"}, {"Account Manager", "客户经理"}, {"Sales Manager", "销售经理"}, {"Sales Director", "销售总监"}},
		metrics: []metric{
			{text{"Order volume", "订单量"}, text{"orders", "单"}, "increase", 520, 0, false},
			{text{"Sales revenue", "销售额"}, text{"10k CNY", "万元"}, "increase", 180, 1, true},
			{text{"Complaints", "客诉件数"}, text{"cases", "件"}, "decrease", 60, 0, true},
			{text{"New customers", "新增客户数"}, text{"customers", "家"}, "increase", 90, 0, false},
			{text{"Collection time", "回款天数"}, text{"days", "天"}, "decrease", 45, 1, false},
		},
		hold:       metric{text{"Average discount", "平均折扣额"}, text{"CNY", "元"}, "maintain", 240, 0, false},
		milestones: []text{{"Launch the dealer portal in the region", "在本区域上线经销商门户"}, {"Open the autumn sales campaign", "组织秋季促销活动落地"}},
		chances:    []text{{"Renew the framework contract with the largest customer", "与最大客户续签框架合同"}},
	}
}

func service() family {
	return family{
		name: text{"Customer Service", "客户服务"}, division: text{"Service Division", "客服中心"},
		vague: text{"Serve customers better", "提升服务质量"}, category: text{"Service", "服务"},
		stems:     []text{{"Service Desk", "服务台"}, {"Field Service", "现场服务部"}, {"Complaints Office", "投诉处理部"}},
		positions: []text{{"Service Trainee", "客服实习"}, {"Service Agent", "客服专员"}, {"Senior Service Agent", "高级客服专员"}, {"Service Specialist", "客服主管"}, {"Service Manager", "客服经理"}, {"Service Director", "客服总监"}},
		metrics: []metric{
			{text{"Tickets solved", "解决工单数"}, text{"tickets", "单"}, "increase", 900, 0, false},
			{text{"Handling time", "平均处理时长"}, text{"seconds", "秒"}, "decrease", 420, 0, true},
			{text{"Repeat contacts", "重复来电数"}, text{"calls", "次"}, "decrease", 150, 0, true},
			{text{"Praise received", "客户表扬数"}, text{"cases", "件"}, "increase", 80, 0, true},
			{text{"Answer time", "首次响应时间"}, text{"minutes", "分钟"}, "decrease", 32, 1, false},
		},
		hold:       metric{text{"Schedule hours", "排班工时"}, text{"hours", "小时"}, "maintain", 920, 0, false},
		milestones: []text{{"Rebuild the knowledge base for returns", "重建退换货知识库"}, {"Introduce the call-back service", "推出客户回电服务"}},
		chances:    []text{{"Pass the service quality certificate", "通过服务质量认证"}},
		foreign:    true,
	}
}

func engineering() family {
	return family{
		name: text{"Engineering", "研发"}, division: text{"Technology Division", "技术中心"},
		vague: text{"Write better software", "提高研发效率"}, category: text{"Product", "产品"},
		stems:     []text{{"Platform", "平台研发部"}, {"Product Engineering", "产品研发部"}, {"Quality Engineering", "测试部"}},
		positions: []text{{"Junior Engineer", "初级工程师"}, {"Engineer", "工程师"}, {"Senior Engineer", "高级工程师"}, {"Staff Engineer", "资深工程师"}, {"Engineering Manager", "研发经理"}, {"Technology Director", "技术总监"}},
		metrics: []metric{
			{text{"Story points delivered", "交付故事点"}, text{"points", "点"}, "increase", 240, 0, false},
			{text{"Escaped defects", "线上缺陷数"}, text{"defects", "个"}, "decrease", 48, 0, true},
			{text{"Automated test cases", "自动化用例数"}, text{"cases", "个"}, "increase", 400, 0, true},
			{text{"Review turnaround", "代码评审时长"}, text{"hours", "小时"}, "decrease", 20, 1, true},
			{text{"Page load time", "页面加载时间"}, text{"milliseconds", "毫秒"}, "decrease", 900, 0, false},
		},
		hold:       metric{text{"Cloud spend", "云资源费用"}, text{"k CNY", "千元"}, "maintain", 120, 1, false},
		milestones: []text{{"Move the order service to the new platform", "将订单服务迁移到新平台"}, {"Deliver single sign-on to all customers", "为全部客户上线单点登录"}},
		chances:    []text{{"Pass the security audit without a major finding", "安全审计无重大问题"}},
		foreign:    true,
	}
}

func operations() family {
	return family{
		name: text{"Operations", "生产运营"}, division: text{"Operations Division", "运营中心"},
		vague: text{"Work more efficiently", "提高生产效率"}, category: text{"Production", "生产"},
		stems:     []text{{"Assembly", "装配车间"}, {"Warehouse", "仓储部"}, {"Logistics", "物流部"}},
		positions: []text{{"Operator", "操作员"}, {"Technician", "技术员"}, {"Senior Technician", "高级技术员"}, {"Shift Leader", "班长"}, {"Operations Manager", "运营经理"}, {"Operations Director", "运营总监"}},
		metrics: []metric{
			{text{"Output", "产量"}, text{"units", "件"}, "increase", 3200, 0, false},
			{text{"Defective units", "不良品数"}, text{"units", "件"}, "decrease", 130, 0, true},
			{text{"Changeover time", "换线时间"}, text{"minutes", "分钟"}, "decrease", 55, 1, false},
			{text{"Improvement proposals", "改善提案数"}, text{"proposals", "条"}, "increase", 70, 0, false},
			{text{"Picking lines", "拣货行数"}, text{"lines", "行"}, "increase", 8200, 0, true},
		},
		hold:       metric{text{"Safety stock", "安全库存"}, text{"pallets", "托"}, "maintain", 400, 0, false},
		milestones: []text{{"Set up the new packing line", "完成新包装线投产"}, {"Introduce bar codes in the warehouse", "仓库全面启用条码"}},
		chances:    []text{{"No reportable accident in the shift", "班组无上报安全事故"}},
	}
}

func corporate() family {
	return family{
		name: text{"Corporate", "职能"}, division: text{"Corporate Functions", "职能中心"},
		vague: text{"Support the business", "做好支持工作"}, category: text{"Support", "职能支持"},
		stems:     []text{{"Finance", "财务部"}, {"People", "人力资源部"}, {"Procurement", "采购部"}},
		positions: []text{{"Assistant", "助理"}, {"Specialist", "专员"}, {"Senior Specialist", "高级专员"}, {"Expert", "主管"}, {"Function Manager", "职能经理"}, {"Function Director", "职能总监"}},
		metrics: []metric{
			{text{"Requests handled", "处理申请数"}, text{"requests", "件"}, "increase", 640, 0, false},
			{text{"Closing time", "结账用时"}, text{"hours", "小时"}, "decrease", 96, 1, true},
			{text{"Cost saved", "节约成本"}, text{"k CNY", "千元"}, "increase", 210, 1, false},
			{text{"Reply time", "回复时长"}, text{"hours", "小时"}, "decrease", 24, 1, true},
			{text{"Manual steps", "手工步骤数"}, text{"steps", "步"}, "decrease", 75, 0, true},
		},
		hold:       metric{text{"Budget use", "预算使用额"}, text{"k CNY", "千元"}, "maintain", 800, 0, false},
		milestones: []text{{"Introduce electronic invoices with all suppliers", "与全部供应商启用电子发票"}, {"Roll out the new travel rules", "推行新版差旅制度"}},
		chances:    []text{{"Pass the annual audit without remarks", "年度审计无保留意见"}},
		foreign:    true,
	}
}
