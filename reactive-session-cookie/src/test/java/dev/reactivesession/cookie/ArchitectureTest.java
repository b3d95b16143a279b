package dev.reactivesession.cookie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.reactivesession.cookie", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule A_VAULT_KNOWS_THE_CONTRACTS_OF_STORES_AND_NOTHING_ABOVE = noClasses()
            .that()
            .resideInAPackage("dev.reactivesession.cookie")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.reactivesession.codec..",
                    "dev.reactivesession.engine..",
                    "dev.reactivesession.web..",
                    "dev.reactivesession.boot..");

    @ArchTest
    static final ArchRule SEALING_NEEDS_THE_PLATFORM_AND_REACTOR_ONLY = classes()
            .that()
            .resideInAPackage("dev.reactivesession.cookie")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.reactivesession",
                    "dev.reactivesession.store",
                    "dev.reactivesession.cookie",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..",
                    "reactor..");
}
