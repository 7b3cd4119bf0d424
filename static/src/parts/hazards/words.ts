/** What the form of a find says, on the phone and at the desk. */
import { dictionary } from '../../kernel/i18n'

const zh = {
  report: '报隐患', type: '类别', item: '具体类型', title: '名称', titleHint: '如：村口护栏缺失', what: '情况', whatHint: '看到什么、可能伤到谁', place: '地点', placeHint: '村、路段、单位',
  locate: '取当前位置', locating: '正在定位', located: '位置已取 ±{m} 米', noFix: '取不到位置：请写清地点', before: '整改前照片', after: '整改后照片', retake: '重拍', fixed: '当场已整改（两张照片，一次到场即销号）',
  send: '上报', sendFixed: '上报并销号', none: '不选', bad: '这不是照片，没有加上', needType: '请选类别', needPlace: '请取位置或写地点', needAfter: '当场整改须有整改前、后两张照片', queued: '已存本机，联网即发', fromIncident: '由事件暴露：{name}', noIncident: '看不到该事件，不能关联',
}
const en: Record<keyof typeof zh, string> = {
  report: 'Report a hazard', type: 'Type', item: 'Form', title: 'Name', titleHint: 'e.g. guard rail missing at the village', what: 'What is wrong', whatHint: 'what you see, whom it may hurt', place: 'Place', placeHint: 'village, road, premises',
  locate: 'Take my position', locating: 'Locating', located: 'Position taken, ±{m} m', noFix: 'No position: describe the place', before: 'Photo before', after: 'Photo after', retake: 'Take again', fixed: 'Put right on the spot (two photos, one visit, closed)',
  send: 'Report', sendFixed: 'Report and close', none: 'none', bad: 'This is not a picture: left out', needType: 'Choose a type', needPlace: 'Take the position or describe the place', needAfter: 'Put right at once needs both photos', queued: 'Kept here, sent when the line is back', fromIncident: 'Laid bare by an incident: {name}', noIncident: 'That incident is not visible: nothing is linked',
}
export const t = dictionary(zh, en)
