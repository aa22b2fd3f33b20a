#include "ui/explain/ExplanationView.h"

#include "ui/theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace corscope {

ExplanationView::ExplanationView(QWidget* parent) : QWidget(parent)
{
    m_browser = new QTextBrowser;
    m_browser->setObjectName(QStringLiteral("explanation"));
    m_browser->setAccessibleName(tr("Explanation"));
    m_browser->setOpenLinks(false);
    m_browser->setFrameShape(QFrame::NoFrame);
    m_browser->document()->setDocumentMargin(fontMetrics().height() / 2.0);
    m_more = new QPushButton;
    m_more->setObjectName(QStringLiteral("sayMore"));
    m_more->setProperty("role", QStringLiteral("quiet"));
    connect(m_more, &QPushButton::clicked, this, [this] { sayAll(!m_all); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_browser, 1);
    column->addWidget(m_more, 0, Qt::AlignLeft);
    refresh();
}

void ExplanationView::show(const explain::Diagnosis& diagnosis)
{
    m_diagnosis = diagnosis;
    m_instead.clear();
    refresh();
}

void ExplanationView::say(const QString& html)
{
    m_diagnosis = {};
    m_instead = html;
    m_appendix.clear();
    refresh();
}

void ExplanationView::setAppendix(const QString& html)
{
    m_appendix = html;
    refresh();
}

void ExplanationView::sayAll(bool all)
{
    m_all = all;
    refresh();
}

QString ExplanationView::text() const
{
    return m_browser->toPlainText();
}

void ExplanationView::refresh()
{
    m_more->setText(m_all ? tr("Say &less") : tr("Say &more: background, other tools, what is often believed"));
    m_more->setVisible(m_instead.isEmpty() && !m_diagnosis.title.isEmpty());
    if (!m_instead.isEmpty() || m_diagnosis.title.isEmpty()) {
        m_browser->setHtml(m_instead);
        return;
    }
    const auto theme = Theme::of(*this);
    const auto& d = m_diagnosis;
    auto html = QStringLiteral("<p style='font-size:large; font-weight:600; margin-bottom:2px'>%1</p><p>%2</p>")
                    .arg(d.title.toHtmlEscaped(), d.happened.toHtmlEscaped());
    html += QStringLiteral("<table cellspacing='0' cellpadding='3'>");
    const auto row = [&](const QString& name, const QString& text) {
        if (!text.isEmpty())
            html += QStringLiteral("<tr><td style='color:%1; white-space:nowrap'>%2&nbsp;&nbsp;</td><td>%3</td></tr>")
                        .arg(theme.muted.name(), name.toHtmlEscaped(), text.toHtmlEscaped());
    };
    row(tr("Reason"), d.detail == d.happened ? QString() : d.detail);
    row(tr("Blocked by"), d.blockedBy);
    row(tr("The server"), d.serverDid);
    row(tr("Who can fix"), d.fixedBy);
    row(tr("How"), d.fix);
    if (m_all) {
        row(tr("Background"), d.more);
        row(tr("Other tools"), d.otherTools);
    }
    html += QStringLiteral("</table>");
    if (m_all)
        for (const auto& misconception : d.misconceptions)
            html += QStringLiteral("<p><b>%1</b> <i>“%2”</i> %3</p>")
                        .arg(tr("Often believed:"), misconception.belief.toHtmlEscaped(), misconception.truth.toHtmlEscaped());
    m_browser->setHtml(html + m_appendix);
}

void ExplanationView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace corscope
