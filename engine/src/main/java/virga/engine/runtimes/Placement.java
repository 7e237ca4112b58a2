package virga.engine.runtimes;

import java.nio.file.Path;

/**
 * Where a worker finds its files, as it sees them: Lambda's own paths where mounts are private, real ones where they are not.
 *
 * @param task the function's code: {@code /var/task}
 * @param layers the layers laid over each other: {@code /opt}; an empty folder where there are none
 * @param runtime what Virga brings: {@code /var/runtime}
 * @param libraries installed AWS SDKs, one folder a family
 * @param temporary {@code /tmp}
 */
public record Placement(Path task, Path layers, Path runtime, Path libraries, Path temporary) {}
