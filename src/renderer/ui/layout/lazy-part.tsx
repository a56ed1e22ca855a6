import { type ComponentType, type FunctionComponent, use } from 'react';
import { loadPart, PartNotLoaded } from '../../client/loading/load-part';

type LazyPart<Props> = FunctionComponent<Props> & {
  /** Loads it before it is shown, anew where that failed; never rejects. */
  preload: () => Promise<void>;
};

/** What a component shows is not looked at: that of a page depends on the addresses of all pages, and so on this. */
type PartOf<Component> = Component extends (props: infer Props) => void ? LazyPart<Props> : never;

/**
 * The component of this name in what `load` imports, loaded when it is first shown; meanwhile it suspends. Where it cannot
 * be loaded it throws `PartNotLoaded`, and loads again once that is told to be forgotten.
 */
export function lazyPart<Parts extends object, Name extends keyof Parts>(
  load: () => Promise<Parts>,
  name: Name,
): PartOf<Parts[Name]>;
export function lazyPart(load: () => Promise<object>, name: string): LazyPart<object> {
  let Loaded: ComponentType | null = null;
  let failure: unknown = null;
  let loading: Promise<void> | null = null;
  const start = () => {
    if (loading) return loading;
    const arrival: Promise<void> = loadPart(load)
      .then(
        (parts) => {
          Loaded = (parts as Record<string, ComponentType>)[name]!;
        },
        (error: unknown) => {
          failure = error instanceof PartNotLoaded ? new PartNotLoaded(error.cause, forget) : error;
        },
      )
      // React reads there that it need not wait: what was preloaded is drawn at once.
      .then(() => void Object.assign(arrival, { status: 'fulfilled', value: undefined }));
    loading = arrival;
    return arrival;
  };
  function forget() {
    if (failure === null) return;
    failure = null;
    loading = null;
  }
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each part, at the top of a module
  const Part = (props: object) => {
    // Where promises are thrown instead, React draws two parts that wait at once over and over, until neither can arrive.
    use(start());
    if (!Loaded) throw failure;
    return <Loaded {...props} />;
  };
  const preload = () => {
    forget();
    return start();
  };
  return Object.assign(Part, { preload });
}
