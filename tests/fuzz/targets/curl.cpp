#include "tests/fuzz/Target.h"

#include "core/paste/CurlCommand.h"
#include "core/paste/ShellWords.h"
#include "core/share/CurlCommands.h"
#include "core/url/Url.h"

namespace corscope::fuzz {

/// A curl command; its lines are also words that a shell has to hand on unchanged.
void curl(const QByteArray& input, Claims& claim)
{
    if (input.contains('\0')) // which no shell takes
        return;
    const auto text = QString::fromUtf8(input);
    const auto read = paste::readCurlCommand(text, 0);
    for (const auto shell : {share::Shell::Posix, share::Shell::Windows}) {
        const bool posix = shell == share::Shell::Posix;
        auto word = text.toUtf8();
        if (!posix)
            word.replace('\n', QByteArray()).replace('\r', QByteArray());
        const auto written = QString::fromUtf8("curl " + share::shellWord(word, shell));
        const auto command = posix ? paste::posixCommand(written, 0) : paste::windowsCommand(written, 0);
        claim(command.ok() && command->words.size() == 2 && command->words[1].toUtf8() == word,
              posix ? "sh hands a word on unchanged" : "cmd.exe hands a word on unchanged", written.toUtf8());
    }
    // NB: line breaks are what no word of cmd.exe can hold.
    if (!read || !Url::parse(read->call.url) || read->call.url.contains('\n') || read->call.url.contains('\r')
        || read->call.method.contains('\n') || read->call.method.contains('\r'))
        return;
    share::Exchange exchange;
    exchange.url = read->call.url;
    exchange.request = {read->call.method, "/", read->call.headers, read->call.body.value_or(QByteArray())};
    for (const auto shell : {share::Shell::Posix, share::Shell::Windows}) {
        const auto command = share::curlCommand(exchange, read->call, shell);
        const auto again = paste::readCurlCommand(QString::fromUtf8(command), 0);
        claim(again.ok(), "a curl command that was written can be read", command);
        if (again)
            claim(again->call.url == read->call.url && again->call.method == read->call.method,
                  "and asks for the same", command + " / " + again->call.url + ' ' + again->call.method);
    }
}

} // namespace corscope::fuzz
