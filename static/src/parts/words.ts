/** The shared pieces' own words: names of signs, ages, connection, first steps. */
import { dictionary } from '../kernel/i18n'

const zh = {
  reserved: '预派', ordered: '已下达', accepted: '已接令', refused: '无法执行', assembling: '集结中', enroute: '赶赴途中',
  on_scene: '已到场', working: '处置中', withdrawn: '撤收', evacuated: '紧急撤离', recalled: '召回', returned: '归队', cancelled: '撤销',
  person: '人员', cut: '联系中断', line_cut: '线路中断', road: '道路中断', electric: '可能带电', water: '水位上涨', danger: '危险',
  rain: '暴雨预警', flood: '山洪预警', slope: '地质灾害预警', phone: '电话', plus: '增加', check: '已确认', cross: '关闭', waiting: '待送达',
  proxy: '代报', muted: '已静音', sound: '声音开', sos: '遇险求救',
  level: '{level}级', ungraded: '未定级', ungradedMark: '未', noLevel: '无法定分级', lifePeople: '有人员失联、被困或生命危险',
  lifePossible: '可能有人员危险', rank: '告警 {rank} 级',
  late: '迟到 {span}', asOf: '截至 {time}', notReported: '未报',
  lineConnecting: '正在连接', lineLive: '数据 {time}', lineSynced: '已同步 {time}', lineStale: '数据停在 {time}', lineOffline: '未连接 · 数据 {time}', lineNever: '未连接',
  holdSeconds: '按住 {n} 秒', holding: '继续按住', released: '已松开，未发出',
  account: '账户安全', signOut: '退出', screens: '页面', toLight: '浅色', toDark: '深色', otherLang: 'English',
  stepsTitle: '先做这三步', stepsDone: '知道了', step: '第 {n} 步',
  mapLabel: '地图：县界、乡镇示意、事件与队伍', schematic: '乡镇界：示意·非法定界线', placePending: '位置待核', signCount: '×{n}',
  mapMissing: '此设备不能绘制地图', mapMissingText: '事件与队伍见列表，内容相同。', teamsHere: '{place} {list}',
}
const en: Record<keyof typeof zh, string> = {
  reserved: 'reserved', ordered: 'ordered', accepted: 'accepted', refused: 'unable', assembling: 'assembling', enroute: 'en route',
  on_scene: 'on scene', working: 'working', withdrawn: 'withdrawn', evacuated: 'emergency evacuation', recalled: 'recalled', returned: 'returned', cancelled: 'cancelled',
  person: 'people', cut: 'no contact', line_cut: 'line cut', road: 'road closed', electric: 'may be live', water: 'water rising', danger: 'danger',
  rain: 'rainstorm warning', flood: 'flash flood warning', slope: 'landslide warning', phone: 'call', plus: 'add', check: 'confirmed', cross: 'close', waiting: 'waiting to be sent',
  proxy: 'proxy', muted: 'muted', sound: 'sound on', sos: 'mayday',
  level: 'level {level}', ungraded: 'not graded', ungradedMark: '?', noLevel: 'no legal level', lifePeople: 'people missing, trapped or in danger of life',
  lifePossible: 'people possibly in danger', rank: 'alarm rank {rank}',
  late: '{span} late', asOf: 'as of {time}', notReported: 'not reported',
  lineConnecting: 'connecting', lineLive: 'data {time}', lineSynced: 'synced {time}', lineStale: 'data stopped at {time}', lineOffline: 'not connected · data {time}', lineNever: 'not connected',
  holdSeconds: 'hold {n} s', holding: 'keep holding', released: 'released, nothing sent',
  account: 'Account security', signOut: 'Sign out', screens: 'Screens', toLight: 'Light', toDark: 'Dark', otherLang: '中文',
  stepsTitle: 'Three steps first', stepsDone: 'Understood', step: 'Step {n}',
  mapLabel: 'Map: county, schematic townships, incidents and teams', schematic: 'Township lines: schematic, not legal boundaries', placePending: 'position to be checked', signCount: '×{n}',
  mapMissing: 'This device cannot draw the map', mapMissingText: 'Incidents and teams are in the lists, with the same content.', teamsHere: '{place} {list}',
}
export const t = dictionary(zh, en)
