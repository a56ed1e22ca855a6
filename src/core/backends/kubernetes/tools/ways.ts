/** How the person who runs these steps says what is to be done next: hints name no command that is not at hand. */
export interface Ways {
  /** Makes or starts our cluster. */
  setup: string;
  deploy: string;
  deployOne(name: string): string;
  status: string;
  teardown: string;
  /** Lets Alloy write to Sumo Logic as well. */
  sendToSumo: string;
  /** Ends that a person chose local-only. */
  endLocalOnly: string;
}

/** In a clone of the repository. */
export const byMake: Ways = {
  setup: 'make setup',
  deploy: 'make deploy',
  deployOne: (name) => `make deploy-${name}`,
  status: 'make status',
  teardown: 'make teardown',
  sendToSumo: 'make sumo-set',
  endLocalOnly: 'make disable-local-only',
};

/** With the program alone: panel and commands do all in one, and go on where it ended. */
export const byWatchtower: Ways = {
  setup: '`watchtower up`',
  deploy: '`watchtower up`',
  deployOne: () => '`watchtower up`',
  status: '`watchtower status`',
  teardown: '`watchtower clean`',
  sendToSumo: 'add Sumo Logic on the Destinations page, or with `watchtower destination add sumo`',
  endLocalOnly: 'switch a destination on',
};
