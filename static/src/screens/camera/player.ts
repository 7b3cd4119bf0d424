/** Plays one stream into an element, and says how it goes. Each sort of stream is one function that returns how to stop it. */
import type { PlayerWord } from './words'

export interface Stream { protocol: 'hls' | 'mjpeg' | 'webrtc'; url: string; until: string; begun_at: string; timed: boolean; camera_name: string; synthetic: boolean }
export interface Told {
  /** pictures come */
  playing: () => void
  /** they come no more, or never did */
  broken: (why: PlayerWord) => void
}
export type Stop = () => void

const NATIVE = 'application/vnd.apple.mpegurl'
const GATHER_MS = 3000

/** Where the browser plays HLS by itself and nothing else can (iPhone), it does; everywhere else hls.js fetches and feeds it. */
export async function playHls(url: string, video: HTMLVideoElement, told: Told): Promise<Stop> {
  const { default: Hls, ErrorTypes, Events } = await import('hls.js/light')
  if (!Hls.isSupported()) return playNative(url, video, told)
  const hls = new Hls({ enableWorker: false, backBufferLength: 10, liveSyncDurationCount: 2 })  // a worker would need blob: in the policy
  hls.on(Events.ERROR, (_event, data) => {
    if (!data.fatal) return
    const status = data.response?.code ?? 0
    if (data.type === ErrorTypes.NETWORK_ERROR) told.broken(status >= 400 ? 'whyRefused' : 'whyNone')
    else told.broken('whyBrowser')
  })
  hls.attachMedia(video)
  hls.loadSource(url)
  started(video)
  return () => hls.destroy()
}

function playNative(url: string, video: HTMLVideoElement, told: Told): Stop {
  if (!video.canPlayType(NATIVE)) { told.broken('whyBrowser'); return () => undefined }
  const failed = (): void => told.broken('whyRefused')
  video.addEventListener('error', failed)
  video.src = url
  started(video)
  return () => { video.removeEventListener('error', failed); video.removeAttribute('src'); video.load() }
}

/** A picture of many pictures: the browser draws each as it comes. */
export function playMjpeg(url: string, img: HTMLImageElement, told: Told): Stop {
  img.addEventListener('load', told.playing)
  const failed = (): void => told.broken('whyRefused')
  img.addEventListener('error', failed)
  img.src = url
  return () => {
    img.removeEventListener('load', told.playing)
    img.removeEventListener('error', failed)
    img.removeAttribute('src')  // the connection is closed with it
  }
}

/** WebRTC by WHEP (RFC draft): one POST of the offer, the answer comes back; DELETE ends it. */
export async function playWhep(url: string, video: HTMLVideoElement, told: Told): Promise<Stop> {
  const peer = new RTCPeerConnection()
  let session: string | null = null
  let over = false
  const stop: Stop = () => {
    over = true
    peer.close()
    video.srcObject = null
    if (session) void fetch(session, { method: 'DELETE', keepalive: true }).catch(() => undefined)  // the other side also notices by itself
  }
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.ontrack = (event) => { video.srcObject = event.streams[0] ?? new MediaStream([event.track]); started(video) }
  peer.onconnectionstatechange = () => { if (!over && ['failed', 'disconnected'].includes(peer.connectionState)) told.broken('whyNone') }
  try {
    await peer.setLocalDescription(await peer.createOffer())
    await gathered(peer)
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription!.sdp })
    if (answer.status !== 201) { told.broken('whyRefused'); return stop }
    const place = answer.headers.get('Location')
    session = place ? new URL(place, url).toString() : null
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error  // fetch says so when nobody answers
    told.broken('whyNone')
  }
  return stop
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((done) => {
    const limit = setTimeout(done, GATHER_MS)
    peer.addEventListener('icegatheringstatechange', () => { if (peer.iceGatheringState === 'complete') { clearTimeout(limit); done() } })
  })
}

/** A page may always begin what makes no sound; a stop while it begins is no fault. */
function started(video: HTMLVideoElement): void {
  video.muted = true
  void video.play().catch((error: unknown) => { if (!(error instanceof DOMException)) throw error })
}
