import { dictionary } from '../../../kernel/i18n'

const zh = {
  gates: '归档前须办结', open: '已办结', shut: '未办结', noGates: '没有须办结的事项', archive: '归档', reason: '归档理由', reasonHint: '如：善后、评估已完成', archived: '已归档', notYet: '当前为“{state}”，进入“调查评估”后才能归档。', isArchived: '已归档。', first: '先办完上面未办结的事项。',
  file: '事件档案（签名 ZIP）', none: '归档后自动生成：日志、经过、报送件、照片、地图，不含来电人等个人信息。', edition: '第 {n} 版', making: '正在生成 {n}', papers: '报送件 {done}/{total}', ready: '{at} 生成', size: '{n} MB · {m} 件', download: '下载（留痕）', verify: '校验', again: '重新生成', failed: '未能生成：{why}', sha: 'SHA-256', key: '公钥指纹',
  whole: '完整：签名相符，{m} 件与 {n} 条日志均未改动。', broken: '校验不符，请勿使用：', checking: '正在校验…', asked: '已要求重新生成', offline: '离线校验：fengsui archive verify 文件.zip，或按包内 README.txt 用 openssl、sha256sum。', earlier: '以前各版',
}
const en: Record<keyof typeof zh, string> = {
  gates: 'To settle before archiving', open: 'settled', shut: 'open', noGates: 'Nothing has to be settled', archive: 'Archive', reason: 'Why it is archived', reasonHint: 'e.g. aftermath and review are done', archived: 'Archived', notYet: 'It is “{state}” now: it is archived from the review.', isArchived: 'It is archived.', first: 'First settle what is open above.',
  file: 'Response file (signed ZIP)', none: 'Made by itself once it is archived: journal, timeline, reports, photos, map; no caller and no other personal data.', edition: 'Edition {n}', making: 'being made for {n}', papers: 'reports {done}/{total}', ready: 'made {at}', size: '{n} MB · {m} members', download: 'Download (logged)', verify: 'Verify', again: 'Make it again', failed: 'It could not be made: {why}', sha: 'SHA-256', key: 'Key',
  whole: 'Whole: the signature fits, {m} members and {n} journal entries are as they were signed.', broken: 'It does not verify, do not use it:', checking: 'Verifying…', asked: 'Asked for again', offline: 'Offline: fengsui archive verify FILE.zip, or openssl and sha256sum as README.txt inside says.', earlier: 'Earlier editions',
}
export const w = dictionary(zh, en)
