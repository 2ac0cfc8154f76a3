/** What a service of Compose says of a container. */
import { describe, expect, test } from 'vitest';
import { complaintsAbout, importTexts } from '../../../helpers/imports.ts';

const imported = (file: string) => importTexts('compose', { 'compose.yaml': file });

/** The statements of the container `web`, beside `db`, as they are written. */
function statementsOf(yaml: string): readonly string[] {
    const file = `services:\n  web:\n    image: nginx\n${yaml.replace(/^/gm, '    ')}\n  db: { image: postgres }\nvolumes: { data: {} }\n`;
    const { text, errors } = imported(file);
    expect(errors).toEqual([]);
    expect(complaintsAbout(text)).toEqual([]);
    const body = /container web(?:\[\d+\])? \{\s*([\s\S]*?)\s*\}\n/.exec(text)?.[1] ?? '';
    return body.split(/\n\s*| {2,}(?=[a-z])/).filter((line) => line !== 'image "nginx"');
}

describe('a service says of', () => {
    test.each([
        ['CPU', 'cpus: 1.5', ['cpu limit 1.5 cores']],
        ['CPU by quota and period', 'cpu_quota: 50000\ncpu_period: 25000', ['cpu limit 2 cores']],
        ['CPU by a quota alone', 'cpu_quota: 50ms', ['cpu limit 0.5 cores']],
        ['no limit', 'cpus: 0\nmem_limit: 0\npids_limit: -1', []],
        [
            'CPU in deploy',
            'deploy: { resources: { limits: { cpus: "0.25" }, reservations: { cpus: "0.1" } } }',
            ['cpu limit 0.25 cores', 'cpu reserve 0.1 cores'],
        ],
        ['both places alike', 'cpus: 2\ndeploy: { resources: { limits: { cpus: "2" } } }', ['cpu limit 2 cores']],
        ['shares, as crun converts them', 'cpu_shares: 512', ['cpu weight 59  // cpu_shares 512']],
        ['a CPU set', 'cpuset: 0-3, 6', ['cpu set 0-3,6']],
        ['memory, where swap is not said', 'mem_limit: 512m', ['memory limit 512 MiB', 'memory swap 512 MiB  // as Docker does without memswap_limit']],
        [
            'memory and swap together',
            'mem_limit: 1g\nmemswap_limit: 1.5gb\nmem_reservation: 256M',
            ['memory limit 1 GiB', 'memory reserve 256 MiB', 'memory swap 512 MiB'],
        ],
        ['memory without swap', 'mem_limit: 1g\nmemswap_limit: 1g', ['memory limit 1 GiB']],
        ['processes', 'deploy: { resources: { limits: { pids: 100 } } }', ['pids limit 100']],
        ['the disk', 'blkio_config: { weight: 505 }', ['io weight 5000  // blkio weight 505']],
        [
            'namespaces',
            'pid: host\nnetwork_mode: service:db\nipc: private\nuserns_mode: host',
            ['namespace pid host', 'namespace network db', 'namespace user host', 'after db'],
        ],
        ['privileges', 'privileged: yes\nuser: "1000:1000"\nread_only: "true"', ['user 1000', 'privileged on', 'read-only on']],
        ['capabilities', 'cap_add: [CAP_NET_ADMIN, sys_time]\ncap_drop: [ALL]', ['capability add NET_ADMIN', 'capability add SYS_TIME', 'capability drop ALL']],
        ['security options', 'security_opt: ["no-new-privileges:true", "seccomp=unconfined"]', ['no-new-privileges on', 'seccomp unconfined']],
        [
            'volumes',
            'volumes: ["./a:/a:ro", "data:/b", "/var/run/docker.sock:/var/run/docker.sock"]',
            ['mount "./a" "/a" ro', 'mount "data" "/b"', 'mount "/var/run/docker.sock" "/var/run/docker.sock"'],
        ],
        ['a volume in long form', 'volumes: [{ type: bind, source: /etc, target: /host, read_only: true }]', ['mount "/etc" "/host" ro']],
        ['a volume of Windows', 'volumes: ["C:\\\\data:D:\\\\data"]', ['mount "C:\\data" "D:\\data"']],
        ['devices', 'devices: ["/dev/kvm", "/dev/ttyUSB0:/dev/tty:rw"]', ['device "/dev/kvm"', 'device "/dev/ttyUSB0"']],
        ['restarts', 'restart: unless-stopped', ['restart always  // unless-stopped']],
        ['restarts in deploy', 'deploy: { restart_policy: { condition: on-failure } }', ['restart on-failure']],
        ['what it waits for', 'depends_on: { db: { condition: service_healthy } }', ['after db']],
        ['a profile', 'profiles: [debug]', ['autostart off  // only with the profile debug']],
        ['a runtime', 'runtime: runsc', ['runtime gvisor']],
    ])('%s', (_, yaml, statements) => {
        expect(statementsOf(yaml)).toEqual(statements);
    });

    test.each([
        ['scale', 'scale: 3'],
        ['deploy.replicas', 'deploy: { replicas: 3 }'],
    ])('replicas by %s', (_, yaml) => {
        expect(imported(`services: { web: { image: nginx, ${yaml} } }`).text).toContain('container web[3]');
    });
});

describe('the report says', () => {
    test.each([
        ['what is not carried over', 'command: serve', '4 services.web.command not-carried-over: command'],
        ['what is close', 'restart: on-failure:3', '4 services.web.restart approximated: it is started again as often as it fails, not 3 times'],
        [
            'who it counts as',
            'user: postgres',
            '4 services.web.user not-carried-over: only the image knows the number of the user postgres, so it counts as root',
        ],
        ['parts of deploy', 'deploy: { mode: global }', '4 services.web.deploy.mode not-carried-over: mode'],
    ])('%s', (_, yaml, line) => {
        expect(imported(`services:\n  web:\n    image: nginx\n    ${yaml}\n`).report).toContain(line);
    });
});

describe('is refused:', () => {
    test.each([
        ['a key that there is not', 'imgae: nginx', '3:5 services.web.imgae compose-key There is no "imgae" here'],
        ['a list where a text belongs', 'image: [nginx]', '3:12 services.web.image compose-type This must be text, not a list'],
        ['a number where a text belongs', 'image: 1.5', '3:12 services.web.image compose-type This must be text, not a number'],
        ['a size that is none', 'mem_limit: lots', '3:16 services.web.mem_limit compose-value "lots" is not a size like 512m'],
        ['limits that differ', 'image: a\n    cpus: 2\n    deploy: { resources: { limits: { cpus: "1" } } }', 'cpus and deploy.resources.limits.cpus differ'],
        ['replicas that differ', 'image: a\n    scale: 2\n    deploy: { replicas: 3 }', 'scale and deploy.replicas differ'],
        ['neither image nor build', 'restart: always', '3:5 services.web compose-image The service web has neither an image nor a build'],
        ['a service that is not there', 'image: a\n    depends_on: [db]', '4:18 services.web.depends_on compose-undefined There is no service "db"'],
        ['a volume that is not there', 'image: a\n    volumes: ["data:/data"]', 'There is no volume "data"'],
        ['a network that is not there', 'image: a\n    networks: [front]', 'There is no network "front"'],
        ['a port beyond all ports', 'image: a\n    ports: ["70000:80"]', '"70000:80" is not a port like 8080:80'],
        ['a circle of dependencies', 'image: a\n    depends_on: [web]', 'The services wait for each other in a circle: web, then web'],
        ['a required variable', 'image: ${TAG:?say which}', 'The variable TAG must have a value: say which'],
        ['a dollar that is none', 'image: a$', '"a$" is no valid use of a variable'],
    ])('%s', (_, yaml, reason) => {
        const lines = imported(`services:\n  web:\n    ${yaml}\n`).errors;
        expect(
            lines.some((line) => line.startsWith('compose.yaml:') && line.includes(reason)),
            lines.join('\n'),
        ).toBe(true);
    });

    test.each([
        ['', 'There is nothing in it'],
        ['# nothing\n', 'There is nothing in it'],
        ['- a\n', 'A Compose file must be a mapping'],
        ['version: 3\nservices: {}\n', 'version compose-type This must be text, not a number'],
        ['services:\n', 'services compose-type This must be a mapping, not empty'],
        ['services: { "a b": { image: x } }', '"a b" is no name that may stand here'],
    ])('%j', (file, reason) => {
        expect(imported(file).errors.join('\n')).toContain(reason);
    });
});
