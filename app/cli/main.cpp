#include "app/cli/Commands.h"
#include "app/cli/Execution.h"
#include "core/fetch/Profile.h"
#include "core/share/Format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

using namespace corscope;

static QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

static int answer(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("corscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CORSCOPE_VERSION));

    CLI::App parser("Corscope: a CORS sandbox. FILE is a .corscope file, the id of a library scenario, a link "
                    "(corscope:1:...), a HAR file, or - for standard input.\nExit codes: 0 as expected, 1 not as expected, 2 bad usage or bad input.");
    parser.set_version_flag("--version", CORSCOPE_VERSION);
    parser.require_subcommand(1);

    const std::map<std::string, cli::Wire> wires{{"direct", cli::Wire::Direct}, {"sockets", cli::Wire::Sockets}};
    auto wiresAndBoth = wires;
    wiresAndBoth.emplace("both", cli::Wire::Both);

    std::string file;
    std::vector<std::string> files;
    cli::RunOptions options;

    auto* run = parser.add_subcommand("run", "Run a scenario and print its trace");
    run->add_option("FILE", file)->required();
    run->add_flag("--json", options.json, "the trace as JSON (resources/docs/trace-json.md)");
    run->add_flag("--every-step", options.everyStep, "every numbered rule, not only what is worth a stop");
    run->add_option("--network", options.wire, "direct (in-process) or sockets (real loopback ports)")
        ->transform(CLI::CheckedTransformer(wires))->option_text("direct|sockets");

    std::string html;
    run->add_option("--html", html, "write the whole run as one HTML page")->option_text("OUT.html");

    std::string profile;
    std::vector<std::string> profiles;
    for (const auto& name : Profile::names())
        profiles.push_back(name.toStdString());
    run->add_option("--profile", profile, "standard, chromium, firefox or webkit, instead of the scenario's own")
        ->check(CLI::IsMember(profiles))->option_text("PROFILE");

    auto* check = parser.add_subcommand("check", "Check the expectations of scenarios; exit 1 where one fails");
    check->add_option("FILE", files)->required();
    check->add_option("--network", options.wire, "direct, sockets, or both")
        ->transform(CLI::CheckedTransformer(wiresAndBoth))->option_text("direct|sockets|both");

    cli::FixOptions fixOptions;
    std::string output;
    auto* fix = parser.add_subcommand("fix", "Find the smallest changes that let a blocked send through");
    fix->add_option("FILE", file)->required();
    fix->add_option("--action", fixOptions.action, "index of the send, from 0 (the first that is blocked)");
    std::string framework;
    fix->add_option("--framework", framework, "id of the middleware to put in front of a server that has none (fastapi)")->option_text("ID");
    auto* apply = fix->add_option("--apply", fixOptions.apply, "number of the proposal to make, from 1");
    auto* outputOption = fix->add_option("--output", output, "the file to write the changed scenario to");
    apply->needs(outputOption);
    outputOption->needs(apply);

    cli::ConvertOptions convertOptions;
    std::string to;
    std::string convertOutput;
    std::vector<std::string> formats;
    for (const auto& info : share::formats())
        formats.push_back(info.id.toStdString());
    auto* convert = parser.add_subcommand("convert", "Write a scenario, or what happened in it, in another form (resources/docs/share.md)");
    convert->add_option("FILE", file)->required();
    convert->add_option("--to", to, "html, markdown, link, svg, mermaid, curl, curl-cmd, fetch, har or corscope")
        ->required()->check(CLI::IsMember(formats))->option_text("FORMAT");
    convert->add_option("--output", convertOutput, "the file to write; without it standard output")->option_text("OUT");
    convert->add_option("--action", convertOptions.action, "index of the send, from 0 (the first that is blocked, else the last)");

    auto* serve = parser.add_subcommand("serve", "Serve a scenario's backend on real ports until Ctrl+C");
    serve->add_option("FILE", file)->required();

    parser.add_subcommand("list", "List the scenarios of the library");

    auto* explain = parser.add_subcommand("explain", "Read a bug report (console line, fetch, curl, headers, settings, HAR) and say what happened");
    std::string report = "-";
    std::string scenario;
    explain->add_option("FILE", report, "the text; without it standard input");
    explain->add_option("--scenario", scenario, "write the scenario in which it happens again")->option_text("OUT.corscope");

    auto* stdio = parser.add_subcommand("stdio", "Be the browser of a program: JSON lines in and out (resources/docs/stdio.md)");

    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parser.exit(error) == 0 ? cli::asExpected : cli::badInput;
    }

    if (run->parsed()) {
        options.file = text(file);
        options.profile = QByteArray::fromStdString(profile);
        options.html = text(html);
        return cli::run(options);
    }
    if (check->parsed()) {
        QStringList names;
        for (const auto& name : files)
            names.append(text(name));
        return cli::check(names, options.wire);
    }
    if (fix->parsed()) {
        fixOptions.file = text(file);
        fixOptions.output = text(output);
        fixOptions.framework = QByteArray::fromStdString(framework);
        return cli::fix(fixOptions);
    }
    if (convert->parsed()) {
        convertOptions.file = text(file);
        convertOptions.to = QByteArray::fromStdString(to);
        convertOptions.output = text(convertOutput);
        return cli::convert(convertOptions);
    }
    if (explain->parsed())
        return cli::explain({text(report), text(scenario)});
    if (stdio->parsed())
        return cli::stdio();
    return serve->parsed() ? cli::serve(text(file)) : cli::list();
}

int main(int argc, char** argv)
{
    const int code = answer(argc, argv);
    return code == cli::badInput || cli::everythingPrinted() ? code : cli::badInput;
}
