/** The shares of the timed topologies by loops made for them and nothing else: what the general core is held against. */
import { demandOf, limitOf, weightOf } from './topologies.ts';

/** Ten containers on each host of 4 CPUs. Answers the sum of all grants, each times its `factorOf`. */
export function plainFlat(hosts: number): number {
    const weight = new Float64Array(10);
    const want = new Float64Array(10);
    const grant = new Float64Array(10);
    let sum = 0;
    for (let host = 0; host < hosts; host++) {
        for (let place = 0; place < 10; place++) {
            weight[place] = weightOf(10 * host + place);
            want[place] = wantOf(10 * host + place);
        }
        waterFill(weight, want, 4, grant);
        for (let place = 0; place < 10; place++) {
            sum += (grant[place] ?? 0) * factorOf(10 * host + place);
        }
    }
    return sum;
}

/** Ten VMs of one vCPU on each host of 8 CPUs, two containers in each. */
export function plainNested(hosts: number): number {
    const weightOfVm = new Float64Array(10).fill(100);
    const wantOfVm = new Float64Array(10);
    const grantOfVm = new Float64Array(10);
    const weight = new Float64Array(2);
    const want = new Float64Array(2);
    const grant = new Float64Array(2);
    let sum = 0;
    for (let host = 0; host < hosts; host++) {
        for (let guest = 0; guest < 10; guest++) {
            const first = 20 * host + 2 * guest;
            wantOfVm[guest] = Math.min(wantOf(first) + wantOf(first + 1), 1);
        }
        waterFill(weightOfVm, wantOfVm, 8, grantOfVm);
        for (let guest = 0; guest < 10; guest++) {
            const first = 20 * host + 2 * guest;
            const supply = grantOfVm[guest] ?? 0;
            // A thread gets at most the rate of its vCPU; a process here has as many threads as it wants CPUs, rounded up.
            const wanted = wantOfVm[guest] ?? 0;
            const rate = wanted > 0 ? Math.min(1, supply / wanted) : 1;
            for (let place = 0; place < 2; place++) {
                const demand = demandOf(first + place);
                weight[place] = weightOf(first + place);
                want[place] = Math.min(demand, Math.ceil(demand) * rate, limitOf(first + place));
            }
            waterFill(weight, want, supply, grant);
            for (let place = 0; place < 2; place++) {
                sum += (grant[place] ?? 0) * factorOf(first + place);
            }
        }
    }
    return sum;
}

/** What each container's grant counts in a checksum, so that swapped grants are noticed. */
export const factorOf = (number: number): number => 1 + (number % 7);

const wantOf = (number: number): number => Math.min(demandOf(number), limitOf(number));

/** Weighted max-min shares by the textbook: whoever wants less than its share gets what it wants, until nobody does. */
function waterFill(weight: Float64Array, want: Float64Array, supply: number, grant: Float64Array): void {
    let left = supply;
    let weights = 0;
    for (let i = 0; i < want.length; i++) {
        grant[i] = -1;
        weights += weight[i] ?? 0;
    }
    for (let isChanged = true; isChanged; ) {
        isChanged = false;
        const level = left / weights;
        for (let i = 0; i < want.length; i++) {
            if (grant[i] === -1 && (want[i] ?? 0) <= level * (weight[i] ?? 0)) {
                grant[i] = want[i] ?? 0;
                left -= want[i] ?? 0;
                weights -= weight[i] ?? 0;
                isChanged = true;
            }
        }
    }
    for (let i = 0; i < want.length; i++) {
        if (grant[i] === -1) {
            grant[i] = (left / weights) * (weight[i] ?? 0);
        }
    }
}
