/** What timers are for; of one instant, the smaller kind comes first, then the member that was declared earlier. */
export const bootTimer = 0;
export const phaseTimer = 1;
export const restartTimer = 2;
export const failoverTimer = 3;
export const migrationTimer = 4;
/** The subject is the step's place in the scenario. */
export const stepTimer = 5;
