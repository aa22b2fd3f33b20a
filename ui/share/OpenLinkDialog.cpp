#include "ui/share/OpenLinkDialog.h"

#include "core/share/Link.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Field.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

OpenLinkDialog::OpenLinkDialog(QWidget* parent)
    : QDialog(parent), m_text(new QPlainTextEdit), m_note(noteLabel())
{
    setWindowTitle(tr("Open link"));
    setObjectName(QStringLiteral("openLinkDialog"));
    auto* label = new QLabel(tr("&Link to a scenario, from corscope: to its last character"));
    label->setBuddy(m_text);
    m_text->setObjectName(QStringLiteral("linkText"));
    m_text->setAccessibleName(tr("Link"));
    m_text->setTabChangesFocus(true);
    m_text->setFont(Theme::fixedLike(font()));
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setPlaceholderText(QStringLiteral("corscope:1:…"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    m_open->setObjectName(QStringLiteral("openThisLink"));
    connect(buttons, &QDialogButtonBox::accepted, this, &OpenLinkDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_text, &QPlainTextEdit::textChanged, this, &OpenLinkDialog::look);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    m_open->setDefault(true);
    const auto em = fontMetrics().height();
    resize(em * 36, em * 16);
    if (const auto link = share::findLink(QApplication::clipboard()->text().left(1 << 20).toUtf8()); !link.isEmpty())
        m_text->setPlainText(QString::fromLatin1(link));
    look();
}

Result<Scenario> OpenLinkDialog::read() const
{
    return share::scenarioOfLink(m_text->toPlainText().toUtf8());
}

void OpenLinkDialog::look()
{
    const bool empty = m_text->toPlainText().trimmed().isEmpty();
    const auto scenario = read();
    m_open->setEnabled(scenario.ok());
    const bool wrong = !empty && !scenario;
    m_note->setText(empty ? QString() : scenario ? tr("Holds: %1").arg(scenario->title) : scenario.error().sentence());
    m_note->setVisible(!m_note->text().isEmpty());
    setLook(m_note, "invalid", wrong);
}

void OpenLinkDialog::accept()
{
    const auto scenario = read();
    if (!scenario)
        return;
    Q_EMIT opened(*scenario);
    QDialog::accept();
}

} // namespace corscope
