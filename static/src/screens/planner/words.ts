/** What the planner's screen says. */
import { dictionary } from '../../kernel/i18n'

const both = {
  step1: ['选左侧一份预案，看级别、批准人和行动', 'Choose a plan: levels, who approves, what is done'], step2: ['新编或导入成草稿，领导审批后施行', 'Write or import a draft; a leader approves, then it is put in force'], step3: ['启动在值班席：选事件按 F9 提请', 'Responses begin at the desk: choose the incident, press F9'],
  title: ['预案', 'Plans'], demo: ['演示数据', 'demo data'], fresh: ['新编预案', 'New plan'], bring: ['导入 JSON', 'Import JSON'], take: ['导出 JSON', 'Export JSON'],
  none: ['还没有预案', 'No plan yet'], noneText: ['新编一份，或导入 JSON 文件。', 'Write one, or import a JSON file.'], pick: ['从左侧选一份预案。', 'Choose a plan at the left.'], edition: ['第 {n} 版', 'edition {n}'], synthetic: ['示意', 'illustrative'], old: ['含已替换、撤销的', 'with replaced and withdrawn'],
  basis: ['依据', 'Basis'], kinds: ['适用类型', 'Covers'], areas: ['适用范围', 'Area'], whole: ['全县', 'the whole county'], model: ['分级模式', 'Model'], approved: ['审批', 'Approved'], inForce: ['施行', 'In force since'], why: ['修订原因', 'Reason'], code: ['编号', 'Code'],
  levels: ['响应级别', 'Response levels'], level: ['级别', 'Level'], trigger: ['启动条件', 'Condition'], ladder: ['批准人', 'Approved by'], hours: ['预计期限', 'Term'], hoursN: ['{n} 小时', '{n} h'], measures: ['处置措施', 'Measures'], auto: ['自动提示', 'Suggests itself on'], people: ['有人员失联、被困', 'people missing or trapped'],
  groups: ['工作组', 'Groups'], group: ['工作组', 'Group'], lead: ['牵头', 'Lead'], members: ['成员', 'Members'], actions: ['行动清单', 'Actions'], act: ['行动', 'Action'], to: ['承办', 'To'], post: ['岗位', 'Post'], within: ['时限', 'Within'], minutes: ['{n} 分钟', '{n} min'], proof: ['须附照片', 'photo'], list: ['清单', 'List'], home: ['事发乡镇', 'the incident’s township'], areasAll: ['范围内各乡镇', 'each township of the area'], urgency: ['紧急', 'Urgency'],
  edit: ['修改', 'Edit'], save: ['保存', 'Save'], cancel: ['取消', 'Cancel'], revise: ['修订新版', 'New edition'], toApproved: ['审批通过', 'Approve'], toForce: ['施行', 'Put in force'], toWithdrawn: ['撤销', 'Withdraw'], name: ['审批人', 'Approved by'], duty: ['职务', 'Post'], document: ['文号', 'Paper'], reason: ['理由', 'Reason'], ok: ['确定', 'OK'],
  heading: ['名称', 'Title'], add: ['增加', 'Add'], drop: ['删去', 'Remove'], kindsHow: ['按住 Ctrl 多选', 'hold Ctrl for several'], areasHow: ['不选即全县', 'none: the whole county'], role: ['无人在岗时由', 'where nobody holds it'], leaderRole: ['县领导账户', 'the leader’s account'], noRole: ['不代', 'nobody'], lines: ['一行一项', 'a line each'], postsHow: ['岗位，用、分开', 'posts, separated by 、'],
  badFile: ['读不出来：须为一份预案的 JSON', 'Not readable: the JSON of one plan'], brought: ['已导入为草稿：{name}', 'Imported as a draft: {name}'], saved: ['已保存', 'Saved'], all: ['全部级别', 'all levels'], incidentLevels: ['事件级别', 'Grades'], colours: ['预警颜色', 'Warning colours'], red: ['红', 'red'], orange: ['橙', 'orange'], yellow: ['黄', 'yellow'], blue: ['蓝', 'blue'], colon: ['：', ': '], comma: ['、', ', '],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const t = dictionary(side(0), side(1))
export type PlannerWord = Key
