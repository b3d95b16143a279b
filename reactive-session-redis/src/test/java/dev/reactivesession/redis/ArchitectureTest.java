package dev.reactivesession.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.reactivesession.redis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_THE_STORE_CONTRACTS_AND_ITS_DRIVER_ONLY = classes()
            .that()
            .resideInAPackage("dev.reactivesession.redis")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.reactivesession",
                    "dev.reactivesession.store",
                    "dev.reactivesession.store.tiered",
                    "dev.reactivesession.redis",
                    "java..",
                    "org.jspecify..",
                    "org.reactivestreams..",
                    "reactor..",
                    "io.lettuce..",
                    "io.netty..",
                    "org.springframework.data.redis..");
}
