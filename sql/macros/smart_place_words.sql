-- The regular expression of names by the noun at their end (billing service, night shift, 售后热线) and of well-known places, in a text
-- without its vague verbs.
create or replace macro smart_place_words() as
    '[a-z0-9-]{2,}\s+(services?|api|engine|page|portal|checkout|sites?|plants?|factory|mill|warehouses?|depots?|stores?|shops?|offices?|workshop|departments?|line|lines|shifts?|queue|desk|cent(re|er)s?|hub|wards?|clinics?|region|segment|channels?|stand|crib|distributors?|resellers?|carriers?|patients?|drivers?|engineers?|analysts?|nurses?|pupils?|students?|supervisors?|successors?|subsidiar(y|ies)|entities|system|systems|database|module|modules|gateways?|client|customers?|clients?|team|staff|users?|accounts?|suppliers?|segment|business|stocks?)\b'
    || '|北京|上海|天津|重庆|广州|深圳|东莞|佛山|苏州|杭州|宁波|南京|无锡|武汉|成都|西安|长沙|郑州|青岛|济南|大连|沈阳|哈尔滨|长春|合肥|厦门|福州|昆明|贵阳|南宁|海口|太原|石家庄|兰州|乌鲁木齐|川渝|京津冀|长三角|珠三角|[东西华][东南西北中]|华[东南西北中]|[东西]北|西南|东南亚|欧洲|北美|泰国|越南|印尼|日本|德国|海外|境外|国内'
    || '|[\p{Han}a-z0-9]{2,}(产品|地区|区域|大区|片区|区|分公司|子公司|旗舰店|门店|店|工厂|厂房|厂|车间|工序|产线|生产线|线|仓库|仓|部门|部|科|科室|病区|门诊|团队|中心|热线|系统|平台|数据库|网关|模块|项目|车型|客户|车企|供应商|经销商|商户|患者|护士|店长|学生|岗位|操作工|用户|会员|下属|渠道|直播间|站|业务|业务线|机组|锅炉|医院|班|班组|首页|网点|支行|单价|类)'
    || '|天猫|抖音|京东|小红书|淘宝|拼多多|小程序|比亚迪|华为|\b(icu|pcb|smt)\b'
