package virga.engine.libraries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import virga.engine.runtimes.Interpreter;

/** boto3 with botocore, for an interpreter that has none of its own. */
record PythonLibrary(Interpreter python) implements Library {
    private static final String NAME = "boto3";
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*(?:import|from)\\s+(?:[\\w., ]*\\s)?boto(?:3|core)\\b");
    private static final Pattern COMPLAINT = Pattern.compile("No module named '(?:boto3|botocore)[.']");

    @Override
    public String folder() {
        return "python" + python.major() + "." + python.minor();
    }

    @Override
    public SortedSet<String> needed(Path task, Path layers) {
        boolean there = python.hasAwsLibrary()
                || Files.isDirectory(task.resolve(NAME))
                || Files.isDirectory(layers.resolve("python").resolve(NAME))
                || Files.isDirectory(layers.resolve("python/lib/" + folder() + "/site-packages")
                        .resolve(NAME));
        boolean needed = !there
                && Sources.of(task, "site-packages", ".py").values().stream()
                        .anyMatch(text -> IMPORT.matcher(text).find());
        return needed ? new TreeSet<>(List.of(NAME)) : Collections.emptySortedSet();
    }

    @Override
    public Optional<String> missing(String error) {
        return COMPLAINT.matcher(error).find() ? Optional.of(NAME) : Optional.empty();
    }

    @Override
    public boolean has(Path installed, String name) {
        return Files.isDirectory(installed.resolve(name));
    }

    @Override
    public List<String> installation(Path installed, Collection<String> names) {
        return List.of(
                python.executable().toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--retries=1",
                "--target",
                installed.toString(),
                NAME);
    }
}
