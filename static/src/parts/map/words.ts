/** The words of the map's layers, tools and scale. */
import { dictionary } from '../../kernel/i18n'

const zh = {
  live: '实时', force: '力量', danger: '风险', place: '地点', ground: '底图', always: '常显', legend: '图例与筛选', shownOf: '{n}/{of}',
  layers: '图层', tools: '工具', here: '此处', north: '北', scale: '比例尺 {n}', pickPoint: '点地图读坐标与要素',
  measure: '量测', measureHow: '依次点地图；至少三点时同时给出面积', length: '长度', area: '面积', clear: '清除', backStep: '退一点', mu: '亩', nothingHere: '此处没有所选图层的要素',
  noLayers: '读不到图层：{why}', unwell: '坐标读取失败：{why}', copy: '复制', close: '关闭', firstOnes: '只列前 {n} 项，放大可看其余', copied: '已复制',
  penPoint: '第 {n} 点：拖动或按方向键移动，Delete 去掉', penAim: '十字：方向键移动（Shift 细调），回车定点', drawKeys: '点可拖动；键盘：Tab 到十字，方向键移动，回车定点。', drawKeep: '存改动', change: '改', changeIt: '改 {what}', changedIt: '已改 {what}', impactOf: '影响', impactIt: '{what} 的影响',
  draw: '标绘', draw_point: '点', draw_line: '线', draw_polygon: '面', draw_text: '字', drawWhich: '先选一起在办事件再标绘', drawWords: '文字（可空，标字必填）', drawOne: '点地图定位置', drawMany: '依次点地图', drawDone: '画好，共享', drewIt: '已标绘{kind}', wipe: '擦去', wipeIt: '擦去 {what}', wiped: '已擦去 {what}', undo: '撤销：{what}', undid: '已撤销：{what}',
  onlineGround: '在线底图（需联网）', onlineNone: '不用', onlineMissing: '在线底图取不到，其余内容不受影响',
  units: '各队所在（无位置的计在乡镇）',
  print: '打印', drawing: '正在画…', paperHead: '打印地图', paperName: '图名', paperSize: '纸张（横向）', paperTitle: '{county}态势图', paperMap: '打印用地图', paperScale: '比例尺 1:{n}（{format} 原大）', legendOnly: '图例', parted: '（部分）', crowd: '相近的 3 处合成一个', sources: '资料：{what}', sourceOpen: '公开地图数据（县界、河流、邻县界非法定界线）', and: '；', drill: '演练',
}
const en: Record<keyof typeof zh, string> = {
  live: 'Live', force: 'Forces', danger: 'Risks', place: 'Places', ground: 'Ground', always: 'always', legend: 'Legend and filter', shownOf: '{n}/{of}',
  layers: 'Layers', tools: 'Tools', here: 'Here', north: 'N', scale: 'Scale {n}', pickPoint: 'Click the map for coordinates and what is there',
  measure: 'Measure', measureHow: 'Click point after point; from three points on the area is given too', length: 'Length', area: 'Area', clear: 'Clear', backStep: 'Back one point', mu: 'mu', nothingHere: 'Nothing of the chosen layers is here',
  noLayers: 'The layers cannot be read: {why}', unwell: 'The coordinates cannot be read: {why}', copy: 'Copy', close: 'Close', firstOnes: 'The first {n} only; zoom in for the others', copied: 'Copied',
  penPoint: 'Point {n}: drag it or move it by the arrows, Delete takes it out', penAim: 'Cross: the arrows move it (Shift: finer), Enter sets a point', drawKeys: 'Points can be dragged; by key: Tab to the cross, arrows, Enter.', drawKeep: 'Save change', change: 'Change', changeIt: 'Change {what}', changedIt: 'Changed: {what}', impactOf: 'Impact', impactIt: 'Impact of {what}',
  draw: 'Draw', draw_point: 'Point', draw_line: 'Line', draw_polygon: 'Area', draw_text: 'Text', drawWhich: 'Choose an open incident to draw on', drawWords: 'Words (needed for text)', drawOne: 'Click the place', drawMany: 'Click point after point', drawDone: 'Done, share', drewIt: 'Drawn: {kind}', wipe: 'Wipe off', wipeIt: 'Wipe off {what}', wiped: 'Wiped off: {what}', undo: 'Undo: {what}', undid: 'Undone: {what}',
  onlineGround: 'Online ground (needs the internet)', onlineNone: 'None', onlineMissing: 'The online ground does not come; everything else stands',
  units: 'Each team where it is (without a position: counted by township)',
  print: 'Print', drawing: 'Drawing…', paperHead: 'Print the map', paperName: 'Title', paperSize: 'Paper, landscape', paperTitle: '{county}: situation map', paperMap: 'Map for print', paperScale: 'Scale 1:{n} (at {format} size)', legendOnly: 'Legend', parted: ' (in part)', crowd: '3 near each other, as one', sources: 'Sources: {what}', sourceOpen: 'open map data (county, rivers and neighbours: no legal boundaries)', and: '; ', drill: 'DRILL',
}
export const t = dictionary(zh, en)
