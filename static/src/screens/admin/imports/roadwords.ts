import { dictionary } from '../../../kernel/i18n'

const zh = {
  roads: '路网', fresh: '导入路网', back: '返回导入记录', backNets: '返回路网',
  now: '在用路网', none: '没有路网', noneSay: '路程按直线距离 × 系数估算，各屏幕注明「直线估算」。导入 OpenStreetMap 道路文件（.osm.pbf）后按道路计算。',
  sketch: '示意', sketchSay: '示意路网：自绘，不代表实际道路。据此算出的时间在各屏幕注明「示意路网」。',
  source: '来源', licence: '许可', crs: '坐标系', size: '规模', sizeOf: '{km} km · {stretches} 段 · {junctions} 个路口', byClass: '等级', takenBy: '启用', history: '历次路网', when: '启用时间', state: '状态', live: '在用', ended: '已停用',
  undo: '停用并退回', undoNone: '停用后没有路网，路程改按直线估算。', undoTo: '停用后恢复使用「{what}」，路程、封路和到达时间立即按它重算。', undoYes: '确认停用', undid: '已停用「{what}」。', again: '重新启用', againSay: '「{what}」将替换现用路网，路程、封路和到达时间立即重算。', againYes: '确认启用', tookAgain: '已启用「{what}」。',
  choose: '选择道路文件', drop: '或把文件拖到这里', types: 'OpenStreetMap：.osm.pbf · .osm · .osm.gz · .osm.bz2，≤ 256 MB（先用 osmium extract 裁到本县）', crsFirst: '先选坐标系：选错会偏移数百米', sending: '上传 {n}%', reading: '正在读取：{n} 条道路', waiting: '等待读取…', stop: '停止', stopped: '已停止，没有保存。',
  sourceSay: '谁发布的、何时', mark: '示意（非实际道路）', other: '另选文件', preview: '地图预览', thinned: '地图为简化显示', inside: '县内 {n} km', insideNone: '全部在县外：核对坐标系和范围', insideFew: '大部分在县外：核对坐标系和范围',
  left: '未收', leftNone: '全部道路均已收入。', why: '原因', count: '数量', ids: 'OSM 编号（前 {n} 个）',
  kind: '非道路或未建成', nobody: '禁止一切通行', cut: '在文件边缘被截断', turn: '转向限制无法套用',
  take: '启用此路网', takeSay: '将替换「{what}」；可随时退回。', takeFirst: '本县第一个路网。', took: '已启用。路程、封路和到达时间已按新路网重算。', taking: '正在启用…', must: '请填：{what}',
  posts: '公里桩推算', postsSay: '在实测公里桩之间沿路网补出整公里桩，标为「推算」并给出误差；再次推算替换上次结果。', road: '道路', surveyed: '实测桩', reckoned: '推算桩', range: '里程', inNet: '路网中长度', notIn: '路网中没有', derive: '推算', two: '至少两个实测桩', noPosts: '没有登记公里桩', noPostsSay: '先由「导入文件」导入实测公里桩（路号、里程、位置）。', derived: '{ref}：推算 {made} 个，替换 {gone} 个。', sketchNo: '示意路网不能据以推算。', deriving: '正在推算…',
  wgs84: 'WGS-84（GPS、OSM）', cgcs2000: 'CGCS2000（国家大地坐标系）', gcj02: 'GCJ-02（高德、腾讯）', bd09: 'BD-09（百度）', pick: '请选择',
}
const en: Record<keyof typeof zh, string> = {
  roads: 'Road net', fresh: 'Import a road net', back: 'Back to imports', backNets: 'Back to road nets',
  now: 'Road net in force', none: 'No road net', noneSay: 'Ways are straight line × factor, and every screen says so ("straight-line estimate"). Bring in an OpenStreetMap road file (.osm.pbf) to travel by road.',
  sketch: 'Schematic', sketchSay: 'A drawn net (示意): it shows no real road. Times by it are marked "schematic road net" on every screen.',
  source: 'Source', licence: 'Licence', crs: 'Coordinates', size: 'Size', sizeOf: '{km} km · {stretches} stretches · {junctions} junctions', byClass: 'By class', takenBy: 'In force by', history: 'All road nets', when: 'Taken', state: 'State', live: 'in force', ended: 'out of force',
  undo: 'Take out, go back', undoNone: 'There is no net before it: ways become straight-line estimates.', undoTo: '"{what}" is in force again; ways, closures and arrivals follow it at once.', undoYes: 'Take it out', undid: '"{what}" is out of force.', again: 'Use again', againSay: '"{what}" replaces the net in force; ways, closures and arrivals follow at once.', againYes: 'Put in force', tookAgain: '"{what}" is in force.',
  choose: 'Choose a road file', drop: 'or drop it here', types: 'OpenStreetMap: .osm.pbf · .osm · .osm.gz · .osm.bz2, ≤ 256 MB (cut out the county first: osmium extract)', crsFirst: 'Coordinates first: the wrong one is off by hundreds of metres', sending: 'Sending {n}%', reading: 'Reading: {n} ways', waiting: 'Waiting to be read…', stop: 'Stop', stopped: 'Stopped: nothing was kept.',
  sourceSay: 'who published it, and when', mark: 'Schematic (no real roads)', other: 'Another file', preview: 'On the map', thinned: 'the map is simplified', inside: '{n} km in the county', insideNone: 'All of it lies outside the county: check coordinates and extent', insideFew: 'Most of it lies outside the county: check coordinates and extent',
  left: 'Left out', leftNone: 'Every road was taken.', why: 'Why', count: 'Count', ids: 'OSM ids (first {n})',
  kind: 'no road, or not built yet', nobody: 'closed to everybody', cut: 'cut off at the edge of the file', turn: 'a rule of turns that cannot be followed',
  take: 'Put in force', takeSay: 'It replaces "{what}"; you can go back at any time.', takeFirst: 'The county\'s first road net.', took: 'In force. Ways, closures and arrivals follow the new net.', taking: 'Taking it…', must: 'Still needed: {what}',
  posts: 'Kilometre posts along the road', postsSay: 'Fills in whole kilometres between surveyed posts along the net, marked "reckoned" with how far off they may be; a second time replaces the first.', road: 'Road', surveyed: 'Surveyed', reckoned: 'Reckoned', range: 'Kilometres', inNet: 'In the net', notIn: 'not in the net', derive: 'Reckon', two: 'two surveyed posts needed', noPosts: 'No kilometre posts', noPostsSay: 'Bring in surveyed posts first by "Import a file" (road number, kilometre, place).', derived: '{ref}: {made} reckoned, {gone} replaced.', sketchNo: 'Nothing can be reckoned on a drawn net.', deriving: 'Reckoning…',
  wgs84: 'WGS-84 (GPS, OSM)', cgcs2000: 'CGCS2000 (national)', gcj02: 'GCJ-02 (AMap, Tencent)', bd09: 'BD-09 (Baidu)', pick: 'choose',
}
export const t = dictionary(zh, en)
