/** What came of a call, by its digit. Kept in Chinese: the note is a record of the county, read again by its text. */
import { lang } from '../../kernel/i18n'

export const CALL_OUTCOMES: readonly { zh: string; en: string }[] = [
  { zh: '已通话', en: 'talked' }, { zh: '未接', en: 'no answer' }, { zh: '占线', en: 'busy' }, { zh: '打不通', en: 'not reachable' }, { zh: '号码不对', en: 'wrong number' },
]
export const outcomeWord = (zh: string): string => CALL_OUTCOMES.find((o) => o.zh === zh)?.[lang()] ?? zh
