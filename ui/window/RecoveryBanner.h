#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;
class QPushButton;

namespace corscope {

class DocumentActions;
class ScenarioDocument;

/// Offers what an earlier run left unsaved: keep it, or throw it away. Stays until that is decided. Also tells what went
/// wrong with the files that the program keeps for itself; stays until that is read.
class RecoveryBanner : public QFrame
{
    Q_OBJECT
public:
    RecoveryBanner(ScenarioDocument& document, DocumentActions& files, QWidget* parent = nullptr);

    /// Shows the next offer; hides where there is none.
    void refresh();
    /// \param sentence shown once, before any offer.
    void tell(const QString& sentence);

Q_SIGNALS:
    void failed(const QString& sentence);

private:
    void findOffer();
    void keep();
    void discard();

    ScenarioDocument& m_document;
    DocumentActions& m_files;
    QString m_path;
    QStringList m_told;
    QLabel* m_text;
    QPushButton* m_keep;
    QPushButton* m_discard;
    QPushButton* m_read;
};

} // namespace corscope
