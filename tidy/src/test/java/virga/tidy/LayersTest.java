package virga.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom: the table of ARCHITECTURE.md. */
final class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("virga");

    /** What each room may use of ours, beside itself. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.of(
            "kernel", List.of(),
            "model", List.of("kernel"),
            "protocol", List.of("kernel", "model"),
            "store", List.of("kernel"),
            "cloud", List.of("kernel", "model", "store"),
            "engine", List.of("kernel"),
            "observe", List.of("kernel", "store"),
            "services", List.of("kernel", "model", "store", "cloud", "observe"),
            "console", List.of("kernel", "model", "cloud", "observe"),
            "simulator", List.of("kernel", "model", "store", "cloud", "observe", "services", "engine")));

    @TestFactory
    List<DynamicTest> everyRoomKnowsOnlyWhatItMay() {
        return MAY_USE.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.getKey(),
                        () -> rule(room.getKey(), room.getValue()).check(CLASSES)))
                .toList();
    }

    private static ArchRule rule(String room, List<String> mayUse) {
        String[] allowed = java.util.stream.Stream.concat(mayUse.stream(), java.util.stream.Stream.of(room))
                .map(name -> "virga." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("virga." + room + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("virga..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true);
    }

    @Test
    void servicesDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching("virga.services.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("virga.services.."),
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                                "virga.services.patterns..", "virga.services.targets.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheServicesThatReadWhatHappenedKnowObserve() {
        noClasses()
                .that(resideInAnyPackage("virga.services..")
                        .and(not(resideInAnyPackage("virga.services.logs..", "virga.services.xray.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("virga.observe..")
                .check(CLASSES);
    }

    @Test
    void servicesKnowTheStoresInterfaceAndNoBackend() {
        noClasses()
                .that()
                .resideInAPackage("virga.services..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "virga.store.memory..",
                        "virga.store.rocksdb..",
                        "virga.store.overlay..",
                        "virga.store.backend..")
                .check(CLASSES);
    }

    @Test
    void onlyTheJUnitExtensionKnowsTheServer() {
        noClasses()
                .that(not(resideInAnyPackage("virga.server..", "virga.junit..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("virga.server..")
                .check(CLASSES);
    }

    @Test
    void aRuleCatchesAnArrowThatGoesTheWrongWay() {
        ArchRule backwards = rule("cloud", List.of("kernel"));
        assertThat(backwards.evaluate(CLASSES).hasViolation()).isTrue();
    }
}
