/** Where a person belongs after signing in: the page they came for, else the first their role works on. */
import type { SessionInfo } from '../../kernel/types'

const BY_ROLE: [role: RegExp, path: string][] = [
  [/^wall$/, '/wall'], [/^team$|^guest_force$/, '/field'], [/leader$/, '/brief'], [/duty$/, '/desk'], [/^planner$|^keeper$|^evaluator$/, '/planner'],
  [/^(admin|security|auditor)$/, '/admin'],
]
const PAGES = ['/desk', '/field', '/wall', '/brief', '/planner', '/admin']

export function homeOf(info: SessionInfo, asked: string | null): string | null {
  if (asked && /^\/(?![/\\])/.test(asked) && asked !== '/') return asked
  if (info.home && info.home !== '/') return info.home
  const open = PAGES.filter((page) => info.actor.permissions.includes(`screen.${page.slice(1)}`))
  const own = BY_ROLE.find(([role]) => role.test(info.actor.role))?.[1]
  return own && open.includes(own) ? own : (open[0] ?? null)
}
