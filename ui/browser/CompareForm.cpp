#include "ui/browser/CompareForm.h"

#include "core/url/Url.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Field.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

CompareForm::CompareForm(ScenarioDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_column(new QVBoxLayout)
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    auto* title = new QLabel(tr("Each of these URLs is compared with every other one: same scheme, host and port?"));
    title->setWordWrap(true);
    title->setProperty("role", QStringLiteral("muted"));
    all->addWidget(title);
    all->addLayout(m_column);
    auto* add = new QPushButton(tr("+ Add URL"));
    add->setProperty("role", QStringLiteral("quiet"));
    add->setObjectName(QStringLiteral("addUrl"));
    all->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, [this] {
        m_document.edit(tr("Add a URL"), {}, [](Scenario& scenario) {
            if (auto* compare = scenarioaccess::lastCompare(scenario))
                compare->urls.append("http://localhost");
        });
        if (!m_fields.empty())
            m_fields.back()->setFocus();
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &CompareForm::refresh);
    refresh();
}

void CompareForm::addField()
{
    const size_t index = m_fields.size();
    auto* field = new Field([](const QString& text) {
        const auto url = Url::parse(text.toUtf8());
        return url ? QString() : url.error().sentence();
    });
    field->setName(QStringLiteral("compareUrl_%1").arg(index), tr("URL %1").arg(index + 1));
    connect(field, &Field::edited, this, [this, index](const QString& text) {
        m_document.edit(tr("Change a URL"), "compare" + QByteArray::number(qulonglong(index)), [&](Scenario& scenario) {
            auto* compare = scenarioaccess::lastCompare(scenario);
            if (compare && qsizetype(index) < compare->urls.size())
                compare->urls[qsizetype(index)] = text.toUtf8();
        });
    });
    m_column->addWidget(field);
    m_fields.push_back(field);
}

void CompareForm::refresh()
{
    const auto* compare = scenarioaccess::lastCompare(m_document.scenario());
    const size_t count = compare ? size_t(compare->urls.size()) : 0;
    while (m_fields.size() > count) {
        m_fields.back()->hide();
        m_fields.back()->deleteLater();
        m_fields.pop_back();
    }
    while (m_fields.size() < count)
        addField();
    for (size_t i = 0; i < count; ++i)
        m_fields[i]->setText(QString::fromUtf8(compare->urls[qsizetype(i)]));
}

} // namespace corscope
