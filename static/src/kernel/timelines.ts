/** What happened in each incident, line by line: of a snapshot or of entries, each line once, oldest first. */
import { seqOf } from './cursor'
import type { Cursor, Entry, Snapshot, TimelineItem, Topic } from './types'

type RawLine = Omit<TimelineItem, 'text'> & { text: TimelineItem['text'] | string }
const INCIDENT = 'incident:'
const keyOf = (cursor: Cursor): string => String(seqOf(cursor) || cursor)

export class Timelines {
  private readonly lines = new Map<Topic, Map<string, TimelineItem>>()

  of(topic: Topic): TimelineItem[] {
    const items = [...(this.lines.get(topic)?.values() ?? [])]
    return items.sort((a, b) => seqOf(a.cursor) - seqOf(b.cursor))
  }

  /** Only what has a sentence is a line; the rest (who may see it now) is bookkeeping. Returns whether a line was added. */
  note(item: Entry, topics: Topic[]): boolean {
    const hearing = topics.filter((t) => t.startsWith(INCIDENT))
    if (hearing.length === 0 || item.type === 'scope.ended' || !item.text?.zh) return false
    for (const topic of hearing) {
      const lines = this.lines.get(topic) ?? new Map<string, TimelineItem>()
      this.lines.set(topic, lines.set(keyOf(item.cursor), lineOf(item)))
    }
    return true
  }

  /** The lines of a snapshot, which replaces what was held. Returns whether it has any to tell. */
  replace(topic: Topic, snapshot: Snapshot): boolean {
    if (!snapshot.timeline) return false
    const lines = new Map<string, TimelineItem>()
    for (const raw of snapshot.timeline) {
      const item = lineOf({ ...raw, cursor: raw.cursor ?? String(raw.seq ?? lines.size) })
      lines.set(keyOf(item.cursor), item)
    }
    this.lines.set(topic, lines)
    return true
  }

  drop(topic: Topic): boolean { return this.lines.delete(topic) }
  clear(): void { this.lines.clear() }

  serialise(): [Topic, TimelineItem[]][] {
    return [...this.lines.keys()].sort()
      .map((topic): [Topic, TimelineItem[]] => [topic, this.of(topic)])
      .filter(([, items]) => items.length > 0)
  }

  restore(kept: [Topic, TimelineItem[]][]): void {
    for (const [topic, items] of kept) this.lines.set(topic, new Map(items.map((i) => [keyOf(i.cursor), i])))
  }
}

function lineOf(item: RawLine): TimelineItem {
  const { cursor, at, received_at, type, kind, actor, actor_name, record } = item
  const text = typeof item.text === 'string' ? { zh: item.text, en: item.text } : item.text
  return { cursor, at, received_at, type, kind, text, actor, actor_name, record }
}
