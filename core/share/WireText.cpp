#include "core/share/WireText.h"

namespace corscope::share {

namespace {

void addHeaders(QList<QByteArray>& lines, const HeaderList& headers)
{
    for (const auto& [name, value] : headers)
        lines.append(QByteArray(name + ": " + value).trimmed());
}

} // namespace

QList<QByteArray> requestLines(const RequestMessage& request)
{
    QList<QByteArray> lines{request.method + ' ' + request.target + " HTTP/1.1"};
    addHeaders(lines, request.headers);
    return lines;
}

QList<QByteArray> responseLines(const ResponseMessage& response)
{
    QList<QByteArray> lines{QByteArray("HTTP/1.1 " + QByteArray::number(response.status) + ' ' + response.reason).trimmed()};
    addHeaders(lines, response.headers);
    return lines;
}

QByteArray commented(const QList<QByteArray>& lines, const QByteArray& mark)
{
    QByteArray text;
    for (const auto& line : lines) {
        QByteArray whole = mark + ' ' + line;
        for (char& c : whole)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                c = ' ';
        // U+2028 and U+2029 end a line in JavaScript.
        whole.replace("\xe2\x80\xa8", " ").replace("\xe2\x80\xa9", " ");
        while (whole.endsWith(' '))
            whole.chop(1);
        text += whole + '\n';
    }
    return text;
}

} // namespace corscope::share
