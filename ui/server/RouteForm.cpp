#include "ui/server/RouteForm.h"

#include "core/base/Ascii.h"
#include "ui/widgets/Checks.h"
#include "ui/widgets/ChipList.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace corscope {

static const char cookieHeader[] = "Set-Cookie";

static QString statusProblem(const QString& text)
{
    bool ok = false;
    const int status = text.toInt(&ok);
    return ok && status >= 200 && status <= 599 ? QString() : RouteForm::tr("A status is a whole number from 200 to 599.");
}

static QString pathProblem(const QString& text)
{
    return text.startsWith(u'/') || text == QLatin1String("*")
        ? QString() : RouteForm::tr("A path begins with a slash; a * at its end stands for anything.");
}

static QString methodProblem(const QString& text)
{
    return text == QLatin1String("*") ? QString() : checks::methodName(text);
}

RouteForm::RouteForm(QWidget* parent)
    : QWidget(parent), m_form(new FormGrid),
      m_method(new Field(QStringList{QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                                     QStringLiteral("DELETE"), QStringLiteral("OPTIONS"), QStringLiteral("*")}, &methodProblem)),
      m_path(new Field(&pathProblem)), m_status(new Field(&statusProblem)), m_headers(new ChipList), m_cookies(new ChipList),
      m_headerNote(noteLabel()), m_body(new CodeEdit(CodeEdit::Colours::Code)), m_effect(new Field),
      m_raises(new QCheckBox(tr("fails with an exception")))
{
    build();
    connect(m_method, &Field::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change the route's method"), "method", true, [=](RouteConfig& route) { route.method = text.toUtf8(); });
    });
    connect(m_path, &Field::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change the route's path"), "path", true, [=](RouteConfig& route) { route.path = text.toUtf8(); });
    });
    connect(m_status, &Field::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change the route's status"), "status", true, [=](RouteConfig& route) { route.status = text.toInt(); });
    });
    connect(m_effect, &Field::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change what the handler does"), "effect", true, [=](RouteConfig& route) { route.effect = text.toUtf8(); });
    });
    connect(m_body, &CodeEdit::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change the route's body"), "body", true, [=](RouteConfig& route) { route.body = text.toUtf8(); });
    });
    connect(m_raises, &QCheckBox::clicked, this, [this](bool on) {
        Q_EMIT edited(on ? tr("Let the handler fail") : tr("Let the handler succeed"), "raises", false,
                      [=](RouteConfig& route) { route.raises = on; });
    });
    connect(m_headers, &ChipList::edited, this, &RouteForm::takeHeaders);
    connect(m_cookies, &ChipList::edited, this, &RouteForm::takeHeaders);
}

void RouteForm::build()
{
    const auto chips = [](ChipList* list, const QString& name, const QString& accessible, const QString& placeholder) {
        list->setSeparator({});
        list->line()->setObjectName(name);
        list->setObjectName(name + QStringLiteral("_chips"));
        list->line()->setAccessibleName(accessible);
        list->setPlaceholder(placeholder);
    };
    m_method->setName(QStringLiteral("routeMethod"), tr("Method of the route"));
    m_method->setCharacters(7);
    m_path->setName(QStringLiteral("routePath"), tr("Path of the route"));
    m_status->setName(QStringLiteral("routeStatus"), tr("Status of the answer"));
    m_status->setCharacters(4);
    m_status->line()->setMaxLength(3);
    chips(m_headers, QStringLiteral("routeHeaders"), tr("Headers of the answer"), tr("Name: value, then Enter"));
    chips(m_cookies, QStringLiteral("routeCookies"), tr("Cookies that the answer sets"), tr("name=value; Secure"));
    m_cookies->setToolTip(tr("One Set-Cookie header each: session=1234; SameSite=None; Secure"));
    m_body->setObjectName(QStringLiteral("routeBody"));
    m_body->setAccessibleName(tr("Body of the answer"));
    m_body->setLines(2, 12);
    m_effect->setName(QStringLiteral("routeEffect"), tr("What the handler does, for the ledger"));
    m_effect->line()->setPlaceholderText(tr("only reads"));
    m_effect->line()->setToolTip(tr("A line in the ledger each time the handler runs, e.g. “pen saved”; empty where it only reads"));
    m_raises->setObjectName(QStringLiteral("routeRaises"));
    m_raises->setToolTip(tr("The handler runs, then fails; the server, or an error handler in the pipeline, writes a 500"));
    m_form->addRow(tr("Method"), m_method);
    m_form->addRow(tr("Path"), m_path);
    m_form->addRow(tr("Status"), m_status);
    m_form->addRow(tr("Headers"), m_headers);
    m_form->addFreeLine();
    m_form->addRow(tr("Cookies"), m_cookies);
    m_form->addFreeLine();
    m_form->addWide(m_headerNote);
    m_form->addRow(tr("Body"), m_body);
    m_form->addRow(tr("Ledger"), m_effect);
    m_form->addRow(tr("Handler"), m_raises);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_form);
    column->addStretch(1);
}

void RouteForm::setRoute(const RouteConfig& route)
{
    m_route = route;
    m_method->setText(QString::fromUtf8(route.method));
    m_path->setText(QString::fromUtf8(route.path));
    m_status->setText(QString::number(route.status));
    QStringList headers, cookies;
    for (const auto& header : route.headers) {
        if (ascii::lowered(header.name) == "set-cookie")
            cookies.append(QString::fromUtf8(header.value));
        else
            headers.append(QString::fromUtf8(header.name + ": " + header.value));
    }
    m_headers->setItems(headers);
    m_cookies->setItems(cookies);
    m_headerNote->hide();
    setLook(m_headers, "invalid", false);
    m_form->setWide(m_headers, !headers.isEmpty());
    m_form->setWide(m_cookies, !cookies.isEmpty());
    const auto body = QString::fromUtf8(route.body);
    const bool isText = body.toUtf8() == route.body;
    m_body->setReadOnly(!isText); // bytes that are no text would not survive
    m_body->setToolTip(isText ? QString() : tr("%1 bytes that are not text").arg(route.body.size()));
    m_body->setCode(body);
    m_effect->setText(QString::fromUtf8(route.effect));
    m_raises->setChecked(route.raises);
    for (QWidget* answer : {static_cast<QWidget*>(m_status), static_cast<QWidget*>(m_headers), static_cast<QWidget*>(m_cookies),
                            static_cast<QWidget*>(m_body)})
        answer->setEnabled(!route.raises);
}

void RouteForm::takeHeaders()
{
    HeaderList headers;
    QString wrong;
    for (const auto& line : m_headers->items()) {
        const auto name = line.section(u':', 0, 0).trimmed().toUtf8();
        const auto value = normalizedHeaderValue(line.section(u':', 1).toUtf8());
        if (!line.contains(u':') || !isHeaderName(name) || !isHeaderValue(value))
            wrong = line;
        headers.append(name, value);
    }
    for (const auto& line : m_cookies->items())
        headers.append(cookieHeader, line.trimmed().toUtf8());
    setLook(m_headers, "invalid", !wrong.isEmpty());
    setLook(m_headerNote, "invalid", true);
    m_headerNote->setText(tr("“%1” is no header: a header is a name, a colon and a value.").arg(wrong));
    m_headerNote->setVisible(!wrong.isEmpty());
    if (wrong.isEmpty())
        Q_EMIT edited(tr("Change the route's headers"), "headers", false, [=](RouteConfig& route) { route.headers = headers; });
}

} // namespace corscope
