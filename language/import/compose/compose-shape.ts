/** The Compose file format as data: which keys there are, and what may stand behind each. Source: the Compose Specification, https://github.com/compose-spec/compose-spec. */
import { anything, dictionary, distinctList, either, empty, list, oneOf, record, type Shape, text, textLike, value } from '../yaml/shape.ts';
import { isDuration, isNumber, isPort, isWhole, readBytes, readFlag } from './compose-values.ts';

const name = /^[a-zA-Z0-9._-]+$/;

const flag = value('flag', 'true or false', (source) => readFlag(source) !== undefined);
const number = value('number', 'a number', isNumber);
const whole = value('number', 'a whole number', isWhole);
const atLeast = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): Shape =>
    value(
        'number',
        `a whole number from ${minimum}${maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`}`,
        (source) => isWhole(source) && Number(source) >= minimum && Number(source) <= maximum,
    );
const size = value('number', 'a size like 512m', (source) => readBytes(source) !== undefined);
/** `-1` is without a limit. */
const openSize = value('number', 'a size like 512m, or -1', (source) => readBytes(source) !== undefined || source === '-1');
const sizeText = value('text-only', 'a size like 512m', (source) => readBytes(source) !== undefined);
const duration = value('text-only', 'a duration like 1m30s', isDuration);
const textOrNumber = value('number', 'text or a number', () => true);
const anyScalar = either(
    text,
    value('flag', 'true or false', () => true),
    value('number', 'a number', () => true),
    empty,
);

const texts = distinctList(text);
const mergedTexts = list(text);
const textOrTexts = either(text, texts);
const pairs = either(dictionary(anyScalar), texts);
const mergedPairs = either(dictionary(anyScalar), mergedTexts);
const command = either(empty, text, mergedTexts);
const options = dictionary(
    either(
        text,
        value('number', 'text or a number', () => true),
    ),
);
const extraHosts = either(dictionary(either(text, mergedTexts)), mergedTexts);

const hookKeys = { command, user: text, privileged: flag, working_dir: text, environment: mergedPairs };
const serviceHook = record(hookKeys, 'command');
const preStartHook = record({ ...hookKeys, image: text, per_replica: flag });

const ulimits = dictionary(either(whole, record({ soft: whole, hard: whole }, 'soft', 'hard')), /^[a-z]+$/);
const fileReferences = list(either(text, record({ source: text, target: text, uid: text, gid: text, mode: textOrNumber })));

const build = either(
    text,
    record({
        context: text,
        dockerfile: text,
        dockerfile_inline: text,
        entitlements: mergedTexts,
        args: mergedPairs,
        ssh: mergedPairs,
        labels: mergedPairs,
        cache_from: mergedTexts,
        cache_to: mergedTexts,
        no_cache: flag,
        no_cache_filter: textOrTexts,
        additional_contexts: mergedPairs,
        network: text,
        provenance: either(text, flag),
        sbom: either(text, flag),
        pull: flag,
        target: text,
        shm_size: size,
        extra_hosts: extraHosts,
        isolation: text,
        privileged: flag,
        secrets: fileReferences,
        tags: mergedTexts,
        ulimits,
        platforms: mergedTexts,
    }),
);

const limit = record({ path: text, rate: size });
const blkioConfig = record({
    device_read_bps: list(limit),
    device_read_iops: list(limit),
    device_write_bps: list(limit),
    device_write_iops: list(limit),
    weight: whole,
    weight_device: list(record({ path: text, weight: whole })),
});

const deviceRequest = { capabilities: texts, count: either(oneOf('all'), whole), device_ids: texts, driver: text, options: mergedPairs };
const updateConfig = record({
    parallelism: whole,
    delay: duration,
    failure_action: text,
    monitor: duration,
    max_failure_ratio: number,
    order: oneOf('start-first', 'stop-first'),
});
const deploy = record({
    mode: text,
    endpoint_mode: text,
    replicas: whole,
    labels: mergedPairs,
    rollback_config: updateConfig,
    update_config: updateConfig,
    resources: record({
        limits: record({ cpus: number, memory: sizeText, pids: whole }),
        reservations: record({
            cpus: number,
            memory: sizeText,
            generic_resources: list(record({ discrete_resource_spec: record({ kind: text, value: number }) })),
            devices: list(record(deviceRequest, 'capabilities')),
        }),
    }),
    restart_policy: record({ condition: text, delay: duration, max_attempts: whole, window: duration }),
    placement: record({ constraints: mergedTexts, preferences: list(record({ spread: text })), max_replicas_per_node: whole }),
});

const volume = record(
    {
        type: oneOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
        source: text,
        target: text,
        read_only: flag,
        consistency: text,
        bind: record({
            propagation: text,
            create_host_path: flag,
            recursive: oneOf('enabled', 'disabled', 'writable', 'readonly'),
            selinux: oneOf('z', 'Z'),
        }),
        volume: record({ labels: mergedPairs, nocopy: flag, subpath: text }),
        tmpfs: record({ size, mode: textOrNumber }),
        image: record({ subpath: text }),
    },
    'type',
);

const port = record({ name: text, mode: text, host_ip: text, target: whole, published: textOrNumber, protocol: text, app_protocol: text });
const serviceNetwork = record({
    aliases: mergedTexts,
    interface_name: text,
    ipv4_address: text,
    ipv6_address: text,
    link_local_ips: mergedTexts,
    mac_address: text,
    driver_opts: options,
    priority: number,
    gw_priority: number,
});
const dependency = record(
    { restart: flag, required: flag, condition: oneOf('service_started', 'service_healthy', 'service_completed_successfully') },
    'condition',
);
const watch = record(
    {
        ignore: textOrTexts,
        include: textOrTexts,
        path: text,
        action: oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
        target: text,
        exec: serviceHook,
        initial_sync: flag,
    },
    'path',
    'action',
);

export const serviceShape = record({
    annotations: mergedPairs,
    attach: flag,
    blkio_config: blkioConfig,
    build,
    cap_add: mergedTexts,
    cap_drop: mergedTexts,
    cgroup: oneOf('host', 'private'),
    cgroup_parent: text,
    command,
    configs: fileReferences,
    container_name: textLike(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, 'a name of letters, digits, dots, dashes and underscores'),
    cpu_count: atLeast(0),
    cpu_percent: value('number', 'a percentage', (source) => isNumber(source) && Number(source) >= 0 && Number(source) <= 100),
    cpu_period: either(duration, whole),
    cpu_quota: either(duration, whole),
    cpu_rt_period: either(duration, whole),
    cpu_rt_runtime: either(duration, whole),
    cpu_shares: whole,
    cpus: number,
    cpuset: text,
    credential_spec: record({ config: text, file: text, registry: text }),
    depends_on: either(texts, dictionary(dependency, name)),
    deploy: either(empty, deploy),
    develop: either(empty, record({ watch: list(watch) })),
    device_cgroup_rules: texts,
    devices: list(either(text, record({ source: text, target: text, permissions: text }, 'source'))),
    dns: either(text, mergedTexts),
    dns_opt: mergedTexts,
    dns_search: either(text, mergedTexts),
    domainname: text,
    entrypoint: command,
    env_file: either(text, list(either(text, record({ path: text, format: text, required: flag }, 'path')))),
    environment: mergedPairs,
    expose: list(value('number', 'a port', (source) => /^\d+(?:-\d+)?(?:\/\w+)?$/.test(source))),
    extends: either(text, record({ service: text, file: text }, 'service')),
    external_links: texts,
    extra_hosts: extraHosts,
    gpus: either(oneOf('all'), list(record(deviceRequest))),
    group_add: distinctList(textOrNumber),
    healthcheck: record({
        disable: flag,
        interval: duration,
        retries: number,
        test: either(text, mergedTexts),
        timeout: duration,
        start_period: duration,
        start_interval: duration,
    }),
    hostname: text,
    image: text,
    init: flag,
    ipc: text,
    isolation: text,
    label_file: either(text, mergedTexts),
    labels: mergedPairs,
    links: mergedTexts,
    logging: record({ driver: text, options: dictionary(anyScalar) }),
    mac_address: text,
    mem_limit: size,
    mem_reservation: size,
    mem_swappiness: whole,
    memswap_limit: openSize,
    models: either(texts, dictionary(either(empty, record({ endpoint_var: text, model_var: text })), name)),
    network_mode: text,
    networks: either(texts, dictionary(either(empty, serviceNetwork), name)),
    oom_kill_disable: flag,
    oom_score_adj: atLeast(-1000, 1000),
    pid: either(text, empty),
    pids_limit: whole,
    platform: text,
    ports: list(either(port, value('number', 'a port like 8080:80', isPort))),
    post_start: list(serviceHook),
    pre_start: list(preStartHook),
    pre_stop: list(serviceHook),
    privileged: flag,
    profiles: mergedTexts,
    provider: record({ type: text, options: dictionary(anything) }, 'type'),
    pull_policy: textLike(/^(?:always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:\d+[wdhms])+)$/, 'a pull policy like always or missing'),
    pull_refresh_after: text,
    read_only: flag,
    restart: textLike(/^(?:no|always|unless-stopped|on-failure(?::\d+)?|)$/, 'no, always, on-failure, on-failure:3 or unless-stopped'),
    runtime: text,
    scale: whole,
    secrets: fileReferences,
    security_opt: texts,
    shm_size: size,
    stdin_open: flag,
    stop_grace_period: duration,
    stop_signal: text,
    storage_opt: dictionary(anything),
    sysctls: mergedPairs,
    tmpfs: either(text, mergedTexts),
    tty: flag,
    ulimits,
    use_api_socket: flag,
    user: text,
    userns_mode: text,
    uts: text,
    volumes: list(either(text, volume)),
    volumes_from: texts,
    working_dir: text,
});

export const includeShape = list(either(text, record({ path: either(text, mergedTexts), env_file: either(text, mergedTexts), project_directory: text })));

const external = either(flag, record({ name: text }));
const network = record({
    name: text,
    driver: text,
    driver_opts: options,
    ipam: record({
        driver: text,
        config: list(record({ subnet: text, ip_range: text, gateway: text, aux_addresses: dictionary(text) })),
        options: dictionary(text),
    }),
    external,
    internal: flag,
    enable_ipv4: flag,
    enable_ipv6: flag,
    attachable: flag,
    labels: mergedPairs,
});
const file = { name: text, environment: text, file: text, external, labels: pairs, template_driver: text };
const named = (shape: Shape): Shape => dictionary(shape, name);

export const projectShape = record({
    version: text,
    name: text,
    include: includeShape,
    services: named(serviceShape),
    models: named(record({ name: text, model: text, context_size: whole, runtime_flags: mergedTexts }, 'model')),
    networks: named(either(empty, network)),
    volumes: named(either(empty, record({ name: text, driver: text, driver_opts: options, external, labels: mergedPairs }))),
    secrets: named(record({ ...file, driver: text, driver_opts: options })),
    configs: named(record({ ...file, content: text })),
});
