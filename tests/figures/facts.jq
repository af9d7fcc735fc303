# What the plan says, as far as figures follow from it: units L15, indicators and problems L38 to L67, thresholds.

def UNITS: [
	["pingliang", "平凉市政务服务中心"], ["city-hall", "市区政务服务中心"], ["kongtong", "崆峒区政务服务中心"],
	["jingchuan", "泾川县政务服务中心"], ["lingtai", "灵台县政务服务中心"], ["chongxin", "崇信县政务服务中心"],
	["huating", "华亭市政务服务中心"], ["zhuanglang", "庄浪县政务服务中心"], ["jingning", "静宁县政务服务中心"],
	["industrial-park", "平凉工业园区企业服务中心"], ["bigdata-center", "市大数据中心"], ["digital-gov-team", "数字政府建设平凉项目组"]
];
def NAMES: UNITS | map({key: .[0], value: .[1]}) | from_entries
	| . + {counties: "各县（市、区）政务服务中心", residents: "市区政务服务中心各进驻单位"};
def COUNTIES: ["kongtong", "jingchuan", "lingtai", "chongxin", "huating", "zhuanglang", "jingning", "industrial-park"];
def REPORTING: ["pingliang"] + COUNTIES + ["bigdata-center"];

# id, name, level, precision, baseline, frontier (derived ones: L48 L53 L58 L63), median, target, numerator, denominator
def indicator($id; $name; $level; $precision; $figures; $parts):
	{$id, $name, $level, $precision, baseline: null, frontier: null, median: null, target: null, down: false, pace: false,
		numerator: $parts[0], denominator: $parts[1], note: $parts[2], from: null} + $figures;
def APPROVED: "统一审批平台办理事项数（依申请六类和公共服务办理类）";
def INDICATORS: [
	indicator("e-licence-domains"; "电子营业执照应用领域数"; "city"; 0; {baseline: "9", frontier: "11"}; [null, null, "方案未设定目标值，前沿值不作目标"]),
	indicator("one-matter-packages"; "套餐式主题式“一件事一次办”服务数"; "city"; 0; {baseline: "91", frontier: "100", target: "100"}; []),
	indicator("seal-type-share"; "电子证照签章类型占比"; "city"; 2; {baseline: "73.50", frontier: "75.70", median: "71.60"};
		["已有签章的证照类型数", "已归集的证照类型数", "方案的100%目标属证照电子签章率，不属本指标"]),
	indicator("seal-rate"; "证照电子签章率"; "units"; 2; {target: "100.00"}; ["已归集证照中完成电子签章数", "已归集证照数"]),
	indicator("gkb-online-share"; "“甘快办”上线事项占比"; "units"; 2; {baseline: "75.82", frontier: "94.00", median: "73.12"};
		["“甘快办”上线事项数", APPROVED, "方案的100%目标属“甘快办”可办事项占比，不属本指标"]),
	indicator("gkb-usable-share"; "“甘快办”可办事项占比"; "units"; 2; {target: "100.00"}; ["“甘快办”可办事项数", APPROVED]),
	indicator("hotline-satisfaction"; "12345热线满意率"; "units"; 2; {baseline: "85.20", frontier: "89.60"};
		["回访评价为满意的诉求数", "回访取得有效评价的诉求数"]),
	indicator("hotline-first-time-completion"; "12345热线省级转办一次办结率"; "units"; 2; {baseline: "99.20", frontier: "100.00"};
		["省级转办工单中一次办结数", "省级转办应办结工单数", "处于中游水准，办结率较高但还有提升空间"]),
	indicator("hotline-on-time-completion"; "12345热线按时办结率"; "units"; 2; {}; ["按时办结工单数", "派发工单数"]),
	indicator("hotline-resolution"; "12345热线问题解决率"; "units"; 2; {}; ["回访确认已解决的诉求数", "回访取得有效答复的诉求数"]),
	indicator("review-coverage"; "“好差评”覆盖率"; "units"; 2; {baseline: "22.71", frontier: "93.72"}; ["至少有一次评价的办件数", "办件总数"]),
	indicator("review-match"; "“好差评”评价关联度"; "units"; 2; {}; [null, null, "方案未给出定义和数值，仅作登记"]),
	indicator("bad-review-rectification"; "差评整改率"; "units"; 2; {}; ["按期整改的差评数", "有效差评数"]),
	indicator("case-return-rate"; "办件数据回流率"; "units"; 2; {target: "100.00", pace: true}; ["已回流办件数", "实际办件数"]),
	indicator("provincial-rank"; "全省营商环境评价“政务服务”指标位次"; "city"; 0; {target: "1", down: true}; []),
	indicator("f04-online-pay-share"; "缴费事项网上支付占比"; "units"; 2; {from: [4, "online_pay_items", "fee_items"]};
		["实现网上支付的事项数", "需要缴费的事项数"]),
	indicator("f05-gkb-items"; "“甘快办”地市分厅累计上线事项数"; "units"; 0; {from: [5, "gkb_items_cumulative"]}; []),
	indicator("f06-cross-province-rate"; "国家部署“跨省通办”事项实现率"; "units"; 2; {from: [6, "realised", "state_deployed"]};
		["已实现事项数", "国家部署事项数"]),
	indicator("f07-nearby-items"; "“就近办”事项数"; "units"; 0; {from: [7, "nearby_items"]}; []),
	indicator("f08-cert-free-items"; "“免证办”事项数"; "units"; 0; {from: [8, "cert_free_items"]}; []),
	indicator("f12-review-device-share"; "“好差评”评价设备窗口覆盖率"; "units"; 2; {from: [12, "windows_covered", "windows_total"]};
		["有评价设备或评价二维码的窗口数", "窗口总数"]),
	indicator("f14-one-matter-subjects"; "“一件事”套餐式主题式服务主体数"; "city"; 0; {from: [14, "subject_count"], target: "100"}; [])
];

# the time limit of a target: that of the plan's problem whose target it is, else of the first that names it
def LIMITS: {"one-matter-packages": "2024-05-31", "seal-rate": "2024-06-30", "gkb-usable-share": "2024-05-31", "case-return-rate": "2024-07-31"};
def TOPICS: [
	["“好差评”情况", ["review-coverage", "review-match", "bad-review-rectification", "case-return-rate"]],
	["12345热线情况", ["hotline-satisfaction", "hotline-first-time-completion", "hotline-on-time-completion", "hotline-resolution"]]
];
def POINTS: ["进驻事项负面清单", "基本目录公布途径", "办事指南和流程图", "缴费事项网上支付", "“甘快办”上线事项", "“跨省通办”实现率",
	"“就近办”事项", "“免证办”事项", "“一站式”咨询服务", "反映窗口", "“好差评”信息公开", "评价设备窗口覆盖", "12345热线机制",
	"“一件事”服务主体", "电子营业执照应用", "事项办理体验", "服务体验", "证明事项体验"];
def STATES: {registered: "已登记", listed: "已列清单", rectifying: "整改中", submitted: "待验收", returned: "退回整改", closed: "已销号",
	reopened: "反弹重启", transferred: "已转办", merged: "已合并", declined: "不予列账", withdrawn: "已撤回"};
def FORMS: ["inspection", "order", "coordination", "interview", "circular", "escalation"];
