package dev.reactivesession.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses kit = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.reactivesession.test");

    @Test
    void aStoreJoinsTheKitWithoutSpring() {
        noClasses()
                .that()
                .resideInAPackage("dev.reactivesession.test")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(kit);
    }

    @Test
    void theKitOfAStoreKnowsNeitherEngineNorWeb() {
        noClasses()
                .that()
                .resideInAPackage("dev.reactivesession.test")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.reactivesession.engine..",
                        "dev.reactivesession.web..",
                        "dev.reactivesession.codec..",
                        "dev.reactivesession.test.web..")
                .check(kit);
    }
}
