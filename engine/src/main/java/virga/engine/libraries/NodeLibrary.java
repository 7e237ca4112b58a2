package virga.engine.libraries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The AWS SDK for JavaScript v3, and v2 for the runtimes that had it. Source: "Building Lambda functions with Node.js",
 * "Runtime-included SDK versions", AWS Lambda Developer Guide.
 *
 * @param major the version of Node.js that the function asks for
 */
record NodeLibrary(int major) implements Library {
    private static final int LAST_WITH_VERSION_TWO = 16;
    private static final Pattern IMPORT = Pattern.compile(
            "(?:\\brequire\\s*\\(|\\bfrom|\\bimport\\s*\\(?)\\s*[\"'`](@(?:aws-sdk|smithy)/[a-z0-9-]+|aws-sdk)(?=[/\"'`])");
    private static final Pattern COMPLAINT =
            Pattern.compile("Cannot find (?:module|package) '(@(?:aws-sdk|smithy)/[a-z0-9-]+|aws-sdk)[/']");

    @Override
    public String folder() {
        return "nodejs";
    }

    @Override
    public SortedSet<String> needed(Path task, Path layers) {
        SortedSet<String> needed = new TreeSet<>();
        Sources.of(task, "node_modules", ".js", ".mjs", ".cjs")
                .forEach((file, text) -> IMPORT.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .filter(this::contained)
                        .filter(name -> !bringsItself(task, file, name) && !inLayer(layers, name))
                        .forEach(needed::add));
        return needed;
    }

    @Override
    public Optional<String> missing(String error) {
        return COMPLAINT
                .matcher(error)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .filter(this::contained);
    }

    private boolean contained(String name) {
        return name.startsWith("@") || major <= LAST_WITH_VERSION_TWO;
    }

    private static boolean bringsItself(Path task, Path file, String name) {
        for (Path folder = file.getParent(); folder.startsWith(task); folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("node_modules").resolve(name))) {
                return true;
            }
        }
        return false;
    }

    private boolean inLayer(Path layers, String name) {
        return Files.isDirectory(layers.resolve("nodejs/node_modules").resolve(name))
                || Files.isDirectory(
                        layers.resolve("nodejs/node" + major + "/node_modules").resolve(name));
    }

    @Override
    public boolean has(Path installed, String name) {
        return Files.isDirectory(installed.resolve("node_modules").resolve(name));
    }

    @Override
    public List<String> installation(Path installed, Collection<String> names) {
        List<String> command = new ArrayList<>(List.of("npm", "install", "--prefix", installed.toString()));
        command.addAll(List.of("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"));
        // Without the network it is soon told so; what was fetched once is taken from npm's own cache.
        command.addAll(List.of("--prefer-offline", "--fetch-retries=1", "--fetch-retry-maxtimeout=2000"));
        command.addAll(names);
        return command;
    }
}
