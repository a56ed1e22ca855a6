import type { DesktopHost } from '../host/desktop-host';
import { chooseNotices, type Notice } from './choose-notices';
import { NoticeBook } from './notice-book';
import { PullWatch } from './pull-watch';

const pullDone: Notice = {
  key: 'pull-done',
  title: 'The Docker stack is ready',
  body: 'Its images are on this machine now: the next start takes seconds.',
  path: '/stack',
};

/** Tells what goes wrong and when the first pull is over, each once as long as it lasts. */
export function followNotices(host: DesktopHost, tell: (notice: Notice) => void, book = new NoticeBook()): () => void {
  const pulls = new PullWatch((backend) => host.link!.client.backend.status({ backend }));
  return host.subscribe(() => {
    const { view } = host;
    if (!view.status) return;
    for (const notice of book.takeNew(chooseNotices(view))) tell(notice);
    // A host that went away between two looks is told by the view.
    void pulls.look(view).then(
      (done) => done && tell(pullDone),
      () => {},
    );
  });
}
